-- Forgets reports. ARGV: 2 the last one, 3 how many at most. Gives how many they were. Where the last word on a job has arrived only what
-- recognises it is kept, for a day
local entries = redis.call('XRANGE', key('outbox'), '-', ARGV[2], 'COUNT', ARGV[3])
if #entries == 0 then
  return 0
end

local last_of_all = tonumber(string.match(entries[#entries][1], '^%d+'))
redis.call('XTRIM', key('outbox'), 'MINID', text(last_of_all + 1))

local payload, fewer = {}, {}
for _, entry in ipairs(entries) do
  local sequence, id = string.match(entry[1], '^%d+'), entry[2][2]
  local job = key('job', id)
  local state, last, content, who = unpack(redis.call('HMGET', job, 'state', 'report', 'content', 'who'))
  if last == sequence and tonumber(state) > RETRY then
    payload[#payload + 1] = key('fields', id)
    redis.call('HDEL', job, 'content', 'key', 'policy', 'ends', 'first', 'spent', 'refusals', 'withdrawn', 'crashes')
    redis.call('EXPIRE', job, DAY)
    redis.call('EXPIRE', key('id', who), DAY)
    if content then
      fewer[content] = (fewer[content] or 0) + 1
    end
  end
end
for_all(payload, 'DEL')
for content, jobs in pairs(fewer) do
  if redis.call('HINCRBY', key('content', content), 'jobs', -jobs) <= 0 then
    for hash in string.gmatch(redis.call('HGET', key('content', content), 'files') or '', '%S+') do
      if redis.call('HINCRBY', key('file', hash), 'contents', -1) <= 0 then
        redis.call('DEL', key('file', hash))
      end
    end
    redis.call('DEL', key('content', content))
  end
end
return #entries
