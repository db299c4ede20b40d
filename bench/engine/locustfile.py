"""Locust with the workloads of the bench; WORKLOAD, LOAD, USERS and RATE come from the environment."""

import os

from locust import FastHttpUser, constant, constant_throughput, task

PER_USER = float(os.environ["RATE"]) / float(os.environ["USERS"])


class Sender(FastHttpUser):
    wait_time = constant_throughput(PER_USER) if os.environ["LOAD"] == "fixed" else constant(0)
    number = 0
    token = "none"
    item = "none"

    @task
    def send(self):
        if os.environ["WORKLOAD"] == "bare":
            self.client.get("/")
            return
        self.number += 1
        body = {"name": f"Item {self.number}", "parent": self.item, "source": "bench", "tags": ["one", "two"]}
        headers = {"authorization": f"Bearer {self.token}", "x-item": self.item}
        answer = self.client.post("/items", json=body, headers=headers).json()
        self.token = answer["token"]
        self.item = answer["id"]
