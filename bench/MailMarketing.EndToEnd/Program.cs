using MailMarketing.EndToEnd;

return args switch
{
    ["--sink", var delay] => await Sink.RunAsync(delay),
    ["--alone", .. var rest] => await Alone.RunAsync(rest),
    _ => await Bench.RunAsync(Arguments.Read(args)),
};
