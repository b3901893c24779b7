-- Ends those of some jobs, from ARGV 2, that wait unmarked and that somebody stopped
local changed = {}
for i = 2, #ARGV do
  local job = read(ARGV[i])
  if job and stop(job) then
    changed[#changed + 1] = job.id
  end
end
report(changed)
