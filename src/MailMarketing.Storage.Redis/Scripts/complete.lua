-- Writes down outcomes. ARGV: 2 the fence, then for each result: job, round, state, attempts, spent, refusals, ambiguous, milliseconds to
-- wait for a retry, message, error. Gives how many were refused
local fence = ARGV[2]
local WITH_MESSAGE = names_and('message')
local seen, ended, left, gone, changed, stale = {}, {}, {}, {}, {}, 0

local function keep(job, name, value)
  if value ~= '' then
    redis.call('HSET', job.key, name, value)
  end
end

for i = 3, #ARGV, 10 do
  local id, round, state, attempts, spent, refusals, ambiguous, delay, message, error = unpack(ARGV, i, i + 9)
  local job = not seen[id] and read(id, WITH_MESSAGE)
  local is_its_round = job and string.match(job.who, '^%a:(%-?%d+):') == round
  state = tonumber(state)
  if is_its_round and job.fence == fence and job.state <= RETRY and state > RETRY then
    -- Nearly all: what is the same for them is written for all at once
    redis.call('HDEL', job.key, 'fence', 'ambiguous', 'error', 'crashes')
    seen[id] = true
    left[#left + 1] = id
    gone[job.stream] = gone[job.stream] or {}
    table.insert(gone[job.stream], id)
    ended[#ended + 1] = {job, state, attempts, spent, refusals, ambiguous, message ~= '' and message or job.message or '', error}
  elseif is_its_round and job.fence == fence and job.state <= RETRY then
    leave(job)
    redis.call('HDEL', job.key, 'ambiguous', 'error', 'crashes')
    redis.call('HSET', job.key, 'attempts', attempts, 'spent', spent, 'refusals', refusals, 'state', RETRY)
    keep(job, 'ambiguous', ambiguous)
    keep(job, 'message', message)
    keep(job, 'error', error)
    wait(job, now + tonumber(delay))
    stop(read(id))
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

for_all(left, 'SREM', key('claim', fence))
for stream, ids in pairs(gone) do
  for_all(ids, 'ZREM', key('due', stream))
  forget_if_empty(stream)
end
local number = #ended > 0 and take(#ended)
for i, result in ipairs(ended) do
  local job, state, attempts, spent, refusals, ambiguous, message, error = unpack(result)
  local sequence = text(number + i)
  local values = {'state', state, 'attempts', attempts, 'spent', spent, 'refusals', refusals, 'report', sequence}
  for name, value in pairs({ambiguous = ambiguous, message = message, error = error}) do
    if value ~= '' then
      values[#values + 1], values[#values + 2] = name, value
    end
  end
  redis.call('HSET', job.key, unpack(values))
  tell(sequence, job.id, job.who, state, attempts, message, error)
end
report(changed)
return stale
