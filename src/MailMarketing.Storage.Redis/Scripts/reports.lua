-- The oldest reports. ARGV: 2 an incarnation for a queue that is empty, 3 how many at most. Gives the incarnation and the reports
local rows = {}
for i, entry in ipairs(redis.call('XRANGE', key('outbox'), '-', '+', 'COUNT', ARGV[3])) do
  local values = entry[2]
  rows[i] = {string.match(entry[1], '^%d+'), values[4], values[6], values[8], values[10], values[12], values[14]}
end
return {incarnation(ARGV[2]), rows}
