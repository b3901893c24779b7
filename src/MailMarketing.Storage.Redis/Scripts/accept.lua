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
local all = {}
for i = first, #ARGV, 6 do
  all[#all + 1] = ARGV[i]
end
local known, withdrawn, ids = get_all('id', all), get_all('withdrawn', all), {}
local added, payload, due, doubtful, changed = {}, {}, {}, {}, {}
for n, who in ipairs(all) do
  local _, attempts, maybe, idempotency, ends, fields = unpack(ARGV, first + 6 * (n - 1), first + 6 * n - 1)
  local id = ids[who] or known[n]
  local job = id and read(id)
  if not job then
    number = number + 1
    id = text(number)
    ids[who] = id
    -- Who does not know what came before is not the queue that had it
    local in_doubt = maybe == '2' or maybe == '1' and ARGV[10] ~= life
    local values = {'who', who, 'stream', stream, 'content', content, 'policy', policy,
      'key', idempotency ~= '' and idempotency or redis.sha1hex(secret .. who),
      'state', (tonumber(attempts) > 0 or in_doubt) and RETRY or PENDING, 'attempts', attempts}
    local function add(name, value)
      values[#values + 1], values[#values + 2] = name, value
    end
    if in_doubt then
      add('ambiguous', 1)
    end
    if ends ~= '' then
      add('ends', ends)
    end
    if withdrawn[n] then
      add('withdrawn', withdrawn[n])
      doubtful[#doubtful + 1] = id
    end
    redis.call('HSET', key('job', id), unpack(values))
    -- Apart from the rest: a hash is small only while each of its values is
    for _, value in ipairs({key('id', who), id, key('fields', id), fields}) do
      payload[#payload + 1] = value
    end
    due[#due + 1], due[#due + 2] = now, id
    added[#added + 1] = id
  elseif job.state > RETRY then
    -- It ended: its outcome is told again
    changed[#changed + 1] = id
  elseif tonumber(attempts) > job.attempts then
    redis.call('HSET', job.key, 'attempts', attempts)
  end
end

if #added > 0 then
  for_all(payload, 'MSET')
  for_all(due, 'ZADD', key('due', stream))
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
local _, state = control(campaign)
for _, id in ipairs(state == CAMPAIGN_CANCELLED and added or doubtful) do
  if stop(read(id)) then
    changed[#changed + 1] = id
  end
end
report(changed)
return life
