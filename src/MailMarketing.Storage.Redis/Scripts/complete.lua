-- Writes down outcomes. ARGV: 2 the fence, then for each result: job, round, state, attempts, spent, refusals, ambiguous, milliseconds to
-- wait for a retry, message, error. Gives how many were refused
local fence = ARGV[2]
local changed, stale = {}, 0

local function keep(job, name, value)
  if value ~= '' then
    redis.call('HSET', job.key, name, value)
  end
end

for i = 3, #ARGV, 10 do
  local id, round, state, attempts, spent, refusals, ambiguous, delay, message, error = unpack(ARGV, i, i + 9)
  local job = read(id)
  local is_its_round = job and string.match(job.who, '^%a:(%-?%d+):') == round
  state = tonumber(state)
  if is_its_round and job.fence == fence and job.state <= RETRY then
    leave(job)
    redis.call('HDEL', job.key, 'ambiguous', 'error', 'crashes')
    redis.call('HSET', job.key, 'attempts', attempts, 'spent', spent, 'refusals', refusals)
    keep(job, 'ambiguous', ambiguous)
    keep(job, 'message', message)
    keep(job, 'error', error)
    if state <= RETRY then
      redis.call('HSET', job.key, 'state', RETRY)
      wait(job, now + tonumber(delay))
      stop(read(id))
    else
      finish(job, state)
    end
    changed[#changed + 1] = id
  elseif is_its_round and state == SUCCESS and job.state ~= SUCCESS then
    -- Late, but true: whoever works on it now has lost it
    finish(job, SUCCESS)
    redis.call('HDEL', job.key, 'error')
    redis.call('HSET', job.key, 'attempts', math.max(job.attempts, tonumber(attempts)))
    keep(job, 'message', message)
    changed[#changed + 1] = id
  else
    stale = stale + 1
  end
end
report(changed)
return stale
