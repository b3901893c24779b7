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

-- A command for many at once: to call one from here costs more than what it does. Lua passes a few thousand values at most
local PART = 1000

local function for_all(values, command, name)
  for first = 1, #values, PART do
    local last = math.min(first + PART - 1, #values)
    if name then
      redis.call(command, name, unpack(values, first, last))
    else
      redis.call(command, unpack(values, first, last))
    end
  end
end

-- The values of many keys; false where there is none
local function get_all(kind, those)
  local found = {}
  for first = 1, #those, PART do
    local keys = {}
    for i = first, math.min(first + PART - 1, #those) do
      keys[#keys + 1] = key(kind, those[i])
    end
    for i, value in ipairs(redis.call('MGET', unpack(keys))) do
      found[first + i - 1] = value
    end
  end
  return found
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
local words = {}
local function control(campaign)
  local word = words[campaign]
  if not word then
    word = {string.match(redis.call('HGET', key('control'), campaign) or '', '^(%d+):(%d+)$')}
    words[campaign] = word
  end
  return tonumber(word[1]), tonumber(word[2]) or CAMPAIGN_RUNNING
end

local function set_control(campaign, revision, state)
  local known = control(campaign)
  if not known or tonumber(revision) > known then
    redis.call('HSET', key('control'), campaign, revision .. ':' .. state)
    words[campaign] = nil
  end
end

local names = {'state', 'who', 'stream', 'fence', 'attempts', 'ambiguous', 'withdrawn', 'crashes'}

-- A job without its payload, or with what else is named after that; nil where it is gone
local function read(id, named)
  named = named or names
  local values = redis.call('HMGET', key('job', id), unpack(named))
  if not values[1] then
    return nil
  end
  local job = {}
  for i, name in ipairs(named) do
    job[name] = values[i]
  end
  -- Its own field of that name is what a gateway recognises it by
  job.idempotency, job.id, job.key = job.key, id, key('job', id)
  job.state, job.attempts, job.crashes = tonumber(job.state), tonumber(job.attempts), tonumber(job.crashes or 0)
  job.due = key('due', job.stream)
  return job
end

local function names_and(...)
  local named = {unpack(names)}
  for _, name in ipairs({...}) do
    named[#named + 1] = name
  end
  return named
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

local function forget_if_empty(stream)
  if redis.call('EXISTS', key('due', stream)) == 0 then
    redis.call('ZREM', key('streams'), stream)
  end
end

local function finish(job, state)
  leave(job)
  redis.call('ZREM', job.due, job.id)
  redis.call('HSET', job.key, 'state', state)
  forget_if_empty(job.stream)
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

local function tell(sequence, id, who, state, attempts, message, error)
  redis.call('XADD', key('outbox'), sequence .. '-0', 'job', id, 'who', who, 'state', state, 'attempts', attempts,
    'message', message or '', 'error', error or '', 'at', text(now))
end

-- Reports jobs as they are now
local function report(ids)
  local number = #ids > 0 and take(#ids)
  for i, id in ipairs(ids) do
    local sequence = text(number + i)
    tell(sequence, id, unpack(redis.call('HMGET', key('job', id), 'who', 'state', 'attempts', 'message', 'error')))
    redis.call('HSET', key('job', id), 'report', sequence)
  end
end
