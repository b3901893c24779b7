using MailMarketing.EndToEnd;

return args switch
{
    ["--sink", var delay] => await Sink.RunAsync(delay),
    ["--beside", .. var rest] => await Alone.BesideAsync(rest),
    ["--alone", .. var rest] => await Alone.RunAsync(rest),
    _ => await Bench.RunAsync(Arguments.Read(args)),
};
