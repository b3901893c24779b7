-- Stores jobs. ARGV: 2 incarnation and 3 secret for a queue that is empty, 4 lane, 5 campaign, 6 revision, 7 policy, 8 content's hash,
-- 9 content, 10 the queue that the marketing side knows, 11 how many files the content names, for each of them its hash and its bytes,
-- then for each job: who, attempts,
-- 2 where it may have been sent and 1 where it came before, idempotency key, end, fields
local life = incarnation(ARGV[2])
redis.call('HSETNX', queue, 'secret', ARGV[3])
local secret = redis.call('HGET', queue, 'secret')
local lane, campaign, revision, policy, content = unpack(ARGV, 4, 8)
local stream = #lane .. ':' .. lane .. ':' .. campaign
if campaign ~= '' then
  -- Only running campaigns are offered; of one that was paused or cancelled later, the later word stands
  set_control(campaign, revision, CAMPAIGN_RUNNING)
end

local files = tonumber(ARGV[11])
local first = 12 + 2 * files
local number = take((#ARGV - first + 1) / 6)
local added, changed = {}, {}
for i = first, #ARGV, 6 do
  local who, attempts, maybe, idempotency, ends, fields = unpack(ARGV, i, i + 5)
  local id = redis.call('GET', key('id', who))
  local job = id and read(id)
  if not job then
    number = number + 1
    id = text(number)
    redis.call('SET', key('id', who), id)
    -- Who does not know what came before is not the queue that had it
    local in_doubt = maybe == '2' or maybe == '1' and ARGV[10] ~= life
    -- Apart from the rest: a hash is small only while each of its values is
    redis.call('SET', key('fields', id), fields)
    redis.call('HSET', key('job', id), 'who', who, 'stream', stream, 'content', content, 'policy', policy,
      'key', idempotency ~= '' and idempotency or redis.sha1hex(secret .. who),
      'state', (tonumber(attempts) > 0 or in_doubt) and RETRY or PENDING, 'attempts', attempts)
    if in_doubt then
      redis.call('HSET', key('job', id), 'ambiguous', 1)
    end
    if ends ~= '' then
      redis.call('HSET', key('job', id), 'ends', ends)
    end
    local withdrawn = redis.call('GET', key('withdrawn', who))
    if withdrawn then
      redis.call('HSET', key('job', id), 'withdrawn', withdrawn)
    end
    redis.call('ZADD', key('due', stream), now, id)
    added[#added + 1] = id
  elseif job.state > RETRY then
    -- It ended: its outcome is told again
    changed[#changed + 1] = id
  elseif tonumber(attempts) > job.attempts then
    redis.call('HSET', job.key, 'attempts', attempts)
  end
end

if #added > 0 then
  redis.call('ZADD', key('streams'), 'NX', 0, stream)
  if redis.call('HSETNX', key('content', content), 'data', ARGV[9]) == 1 and files > 0 then
    -- A file stays as long as a content that names it
    local hashes = {}
    for i = 12, first - 1, 2 do
      local hash, bytes = unpack(ARGV, i, i + 1)
      redis.call('HSETNX', key('file', hash), 'data', bytes)
      redis.call('HINCRBY', key('file', hash), 'contents', 1)
      hashes[#hashes + 1] = hash
    end
    redis.call('HSET', key('content', content), 'files', table.concat(hashes, ' '))
  end
  redis.call('HINCRBY', key('content', content), 'jobs', #added)
end
for _, id in ipairs(added) do
  if stop(read(id)) then
    changed[#changed + 1] = id
  end
end
report(changed)
return life
