-- Claims due jobs. ARGV: 2 lane, 3 whether jobs without a lane go through it, 4 how many at most, 5 the lease in milliseconds,
-- 6 whether to mark them as sending too.
-- Gives the fence, a row for each job, and the contents by their hashes; nil where nothing is due
local lane, is_default, max, lease = ARGV[2], ARGV[3] == '1', tonumber(ARGV[4]), tonumber(ARGV[5])
local mark = ARGV[6] == '1'

-- More campaigns than this take turns over several claims
local STREAMS = 64
local STOPPED = 1000

-- Jobs whose worker died are tried again in ever smaller company: so the one that kills workers is alone when it does it a third time
local FEW = 20

local EVERYTHING = names_and('content', 'policy', 'key', 'ends', 'spent', 'refusals', 'first')

local turns, ended, jobs = {}, {}, {}

-- Whether a job may come along with those that were taken: as many crashes as the first has, and not too many
local function in_company(job)
  local function suspicion(crashes)
    return math.min(crashes, 2)
  end
  local its = suspicion(job.crashes + (job.fence and 1 or 0))
  return #jobs == 0 or its == suspicion(jobs[1].crashes) and (its == 0 or its == 1 and #jobs < FEW)
end

-- Takes a due job from whoever had it; nil where it ends instead, is left for another claim, or is gone because the server was made to
-- forget a part
local function fetch(due, id)
  local job = read(id, EVERYTHING)
  if not job then
    redis.call('ZREM', due, id)
    return nil
  end
  if not in_company(job) then
    return nil
  end
  recover(job)
  if stop(job) then
    ended[#ended + 1] = id
    return nil
  end
  return job
end

for _, stream in ipairs(redis.call('ZRANGE', key('streams'), 0, -1)) do
  local its_lane, campaign = split(stream)
  local due = key('due', stream)
  local _, state = control(campaign)
  local in_lane = its_lane == lane or its_lane == '' and is_default
  if state == CAMPAIGN_CANCELLED then
    -- Nobody claims these again: what was marked and never answered is unknown
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, STOPPED)) do
      fetch(due, id)
    end
  elseif state == CAMPAIGN_RUNNING and in_lane and #turns < STREAMS then
    local ids = redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, max)
    if #ids > 0 then
      turns[#turns + 1] = {due = due, ids = ids}
    end
  end
end

local seen = 0
for row = 1, max do
  local before = seen
  for _, turn in ipairs(turns) do
    local id = turn.ids[row]
    if id and seen < max then
      seen = seen + 1
      jobs[#jobs + 1] = fetch(turn.due, id)
    end
  end
  if seen == before then
    break
  end
end
report(ended)
if #jobs == 0 then
  return nil
end

local fence = text(take(1) + 1)
local ids, again, rows, contents, known = {}, {}, {}, {}, {}
for i, job in ipairs(jobs) do
  ids[i] = job.id
  if not again[job.stream] then
    again[job.stream] = {}
    redis.call('ZADD', key('streams'), fence, job.stream)
  end
  local due = again[job.stream]
  due[#due + 1], due[#due + 2] = now + lease, job.id
  local _, campaign = split(job.stream)
  rows[i] = {job.who, job.content, job.policy, job.idempotency, job.ends, text(job.state), text(job.attempts), job.spent, job.refusals,
    job.ambiguous, job.first, job.crashes > 0 and text(job.crashes), job.id, campaign}
  if mark then
    redis.call('HSET', job.key, 'fence', fence, 'state', SENDING, 'attempts', job.attempts + 1, 'first', job.first or text(now))
  else
    redis.call('HSET', job.key, 'fence', fence)
  end
  if not known[job.content] then
    known[job.content] = true
    contents[#contents + 1] = job.content
    contents[#contents + 1] = redis.call('HGET', key('content', job.content), 'data')
  end
end
for_all(ids, 'SADD', key('claim', fence))
for stream, due in pairs(again) do
  for_all(due, 'ZADD', key('due', stream))
end
for i, fields in ipairs(get_all('fields', ids)) do
  rows[i][15] = fields
end
redis.call('EXPIRE', key('claim', fence), math.ceil(lease / 1000) + DAY)
return {fence, rows, contents}
