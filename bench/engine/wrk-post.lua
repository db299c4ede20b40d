-- wrk with the POST workload: a body made for each request, a token and an id taken from each answer.
local number, token, item = 0, "none", "none"
local headers = { ["content-type"] = "application/json" }

function request()
  number = number + 1
  headers["authorization"] = "Bearer " .. token
  headers["x-item"] = item
  local body = '{"name":"Item ' .. number .. '","parent":"' .. item .. '","source":"bench","tags":["one","two"]}'
  return wrk.format("POST", "/items", headers, body)
end

function response(_, _, body)
  token = string.match(body, '"token":"([^"]+)"') or token
  item = string.match(body, '"id":"([^"]+)"') or item
end
