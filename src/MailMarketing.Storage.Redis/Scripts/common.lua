-- Every script begins with this. KEYS[1] is the queue's own hash; all other keys differ from it in their ending only, and so share its
-- slot. ARGV[1] is the time in milliseconds where a test moves the clock; else it is empty, and the server's clock decides.
local PENDING, SENDING, RETRY, SUPPRESSED, CANCELLED, UNKNOWN, SUCCESS = 0, 1, 2, 5, 6, 7, 8
local CAMPAIGN_RUNNING, CAMPAIGN_CANCELLED = 2, 5
local DAY = 24 * 60 * 60

local queue = KEYS[1]
local root = string.sub(queue, 1, -1 - string.len('queue'))
local time = redis.call('TIME')
local now = tonumber(ARGV[1]) or time[1] * 1000 + math.floor(time[2] / 1000)

local function key(kind, name)
  return name and root .. kind .. ':' .. name or root .. kind
end

-- Lua itself would write a large number as 1.7e+15
local function text(number)
  return string.format('%.0f', number)
end

-- Gives the number before those taken. They are for jobs, fences and reports, and never given twice, not even by a server that lost its
-- last second or everything: they are at least the clock's microseconds
local function take(count)
  local last = math.max(tonumber(redis.call('HGET', queue, 'last') or 0), time[1] * 1000000 + time[2])
  redis.call('HSET', queue, 'last', text(last + count))
  return last
end

-- Begins a new life where the queue is empty. Where it is not nothing is written, so that it works while memory is full
local function incarnation(new)
  local known = redis.call('HGET', queue, 'incarnation')
  if not known then
    redis.call('HSET', queue, 'incarnation', new)
  end
  return known or new
end

local function split(stream)
  local length, rest = string.match(stream, '^(%d+):(.*)$')
  return string.sub(rest, 1, length), string.sub(rest, length + 2)
end

-- The newest word on a campaign: its revision, nil for none, and its state; what nobody controls runs
local function control(campaign)
  local revision, state = string.match(redis.call('HGET', key('control'), campaign) or '', '^(%d+):(%d+)$')
  return tonumber(revision), tonumber(state) or CAMPAIGN_RUNNING
end

local function set_control(campaign, revision, state)
  local known = control(campaign)
  if not known or tonumber(revision) > known then
    redis.call('HSET', key('control'), campaign, revision .. ':' .. state)
  end
end

local names = {'state', 'who', 'stream', 'fence', 'attempts', 'ambiguous', 'withdrawn', 'crashes'}

-- A job without its payload; nil where it is gone
local function read(id)
  local values = redis.call('HMGET', key('job', id), unpack(names))
  if not values[1] then
    return nil
  end
  local job = {id = id, key = key('job', id)}
  for i, name in ipairs(names) do
    job[name] = values[i]
  end
  job.state, job.attempts, job.crashes = tonumber(job.state), tonumber(job.attempts), tonumber(job.crashes or 0)
  job.due = key('due', job.stream)
  return job
end

-- Claimed no more. This comes before what else is written of a job: Redis refuses only the first write of a script for want of memory,
-- and never a deletion
local function leave(job)
  if job.fence then
    redis.call('HDEL', job.key, 'fence')
    redis.call('SREM', key('claim', job.fence), job.id)
    job.fence = false
  end
end

local function wait(job, due)
  leave(job)
  redis.call('ZADD', job.due, due, job.id)
end

local function finish(job, state)
  leave(job)
  redis.call('ZREM', job.due, job.id)
  redis.call('HSET', job.key, 'state', state)
  if redis.call('EXISTS', job.due) == 0 then
    redis.call('ZREM', key('streams'), job.stream)
  end
end

local function mark_sending(job)
  redis.call('HSET', job.key, 'state', SENDING, 'attempts', job.attempts + 1)
  redis.call('HSETNX', job.key, 'first', text(now))
end

-- The state in which a job must end since somebody stopped it; nil where nobody did
local function stopped(job)
  local _, campaign = split(job.stream)
  local _, state = control(campaign)
  return state == CAMPAIGN_CANCELLED and CANCELLED or job.withdrawn and SUPPRESSED or nil
end

-- Ends a job that waits unmarked and that somebody stopped; where an attempt had no answer, nobody can tell
local function stop(job)
  local state = (job.state == PENDING or job.state == RETRY) and stopped(job)
  if not state then
    return false
  end
  finish(job, job.ambiguous and UNKNOWN or state)
  if job.withdrawn and job.withdrawn ~= '' then
    redis.call('HSET', job.key, 'error', job.withdrawn)
  end
  return true
end

-- Takes a job from a worker whose lease ran out. A mark that nobody completed may have reached the gateway
local function recover(job)
  if job.fence then
    leave(job)
    job.crashes = job.crashes + 1
    redis.call('HSET', job.key, 'crashes', job.crashes)
  end
  if job.state == SENDING then
    redis.call('HSET', job.key, 'state', RETRY, 'ambiguous', 1)
    job.state, job.ambiguous = RETRY, '1'
  end
end

-- Reports jobs as they are now
local function report(ids)
  local number = #ids > 0 and take(#ids)
  for i, id in ipairs(ids) do
    local sequence = text(number + i)
    local job = redis.call('HMGET', key('job', id), 'who', 'state', 'attempts', 'message', 'error')
    redis.call('XADD', key('outbox'), sequence .. '-0', 'job', id, 'who', job[1], 'state', job[2], 'attempts', job[3],
      'message', job[4] or '', 'error', job[5] or '', 'at', text(now))
    redis.call('HSET', key('job', id), 'report', sequence)
  end
end
