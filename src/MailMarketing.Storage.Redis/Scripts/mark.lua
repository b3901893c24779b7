-- Marks jobs as sending. ARGV: 2 the fence, then the jobs. Gives those that may be sent
local fence = ARGV[2]
local marked, changed = {}, {}
for i = 3, #ARGV do
  local job = read(ARGV[i])
  if job and job.fence == fence and (job.state == PENDING or job.state == RETRY) then
    local _, campaign = split(job.stream)
    local _, state = control(campaign)
    if tonumber(redis.call('ZSCORE', job.due, job.id) or 0) > now and state == CAMPAIGN_RUNNING and not stopped(job) then
      mark_sending(job)
      marked[#marked + 1] = job.id
    else
      wait(job, now)
      if stop(job) then
        changed[#changed + 1] = job.id
      end
    end
  end
end
report(changed)
return marked
