using MailMarketing.EndToEnd;

return args is ["--sink"] ? await Sink.RunAsync() : await Comparison.RunAsync(Arguments.Read(args));
