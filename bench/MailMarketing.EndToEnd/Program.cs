using MailMarketing.EndToEnd;

return args switch
{
    ["--sink", var delay] => await Sink.RunAsync(delay),
    ["--import", var postgres, var list] => await Imports.AloneAsync(postgres, list),
    ["--beside", .. var rest] => await Alone.BesideAsync(rest),
    ["--alone", .. var rest] => await Alone.RunAsync(rest),
    _ => await Bench.RunAsync(Arguments.Read(args)),
};
