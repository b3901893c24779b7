-- Extends the lease of what is still claimed. ARGV: 2 the fence, 3 the lease in milliseconds. Gives how many jobs that is
local claim, lease = key('claim', ARGV[2]), tonumber(ARGV[3])
local ids = redis.call('SMEMBERS', claim)
for _, id in ipairs(ids) do
  local job = read(id)
  if job then
    redis.call('ZADD', job.due, 'XX', now + lease, id)
  end
end
redis.call('EXPIRE', claim, math.ceil(lease / 1000) + DAY)
return #ids
