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
  local job = read(id)
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
local rows, contents, known = {}, {}, {}
for _, job in ipairs(jobs) do
  redis.call('HSET', job.key, 'fence', fence)
  redis.call('SADD', key('claim', fence), job.id)
  redis.call('ZADD', job.due, now + lease, job.id)
  redis.call('ZADD', key('streams'), fence, job.stream)
  local row = redis.call('HMGET', job.key, 'who', 'content', 'policy', 'key', 'ends', 'state', 'attempts', 'spent', 'refusals', 'ambiguous',
    'first', 'crashes')
  if mark then
    mark_sending(job)
  end
  local _, campaign = split(job.stream)
  local content = row[2]
  if not known[content] then
    known[content] = true
    contents[#contents + 1] = content
    contents[#contents + 1] = redis.call('HGET', key('content', content), 'data')
  end
  row[13], row[14], row[15] = job.id, campaign, redis.call('GET', key('fields', job.id))
  rows[#rows + 1] = row
end
redis.call('EXPIRE', key('claim', fence), math.ceil(lease / 1000) + DAY)
return {fence, rows, contents}
