-- Gives jobs back that were not sent; a mark's attempt is taken back. ARGV: 2 the fence, then the jobs
local fence = ARGV[2]
local changed = {}
for i = 3, #ARGV do
  local job = read(ARGV[i])
  if job and job.fence == fence and job.state <= RETRY then
    wait(job, now)
    if job.state == SENDING then
      job.attempts = job.attempts - 1
      job.state = (job.attempts > 0 or job.ambiguous) and RETRY or PENDING
      redis.call('HSET', job.key, 'attempts', job.attempts, 'state', job.state)
      if job.attempts == 0 then
        redis.call('HDEL', job.key, 'first')
      end
    end
    if stop(job) then
      changed[#changed + 1] = job.id
    end
  end
end
report(changed)
