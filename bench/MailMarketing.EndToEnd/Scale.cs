namespace MailMarketing.EndToEnd;

/// <summary>How speed and memory follow the size of a campaign, and speed a gateway that answers late.</summary>
internal static class Scale
{
    private const int Few = 10_000;
    private const int Connections = 256;
    private const int PerNode = 4_000;

    private static readonly TimeSpan _late = TimeSpan.FromMilliseconds(50);

    public static async Task<List<Row>> RunAsync(Arguments arguments, string postgres, Model? model)
    {
        using var sink = await Sink.StartAsync();
        var small = await Alone.StartAsync(postgres, sink.Address, Few, Arguments.Concurrency, "small");
        var large = await Alone.StartAsync(postgres, sink.Address, arguments.Many, Arguments.Concurrency, "large");
        Console.WriteLine($"{Few} recipients: {small.Rate:0} emails/s, {small.Peak:0} MiB; {arguments.Many}: {large.Rate:0} emails/s, {large.Peak:0} MiB");

        using var slow = await Sink.StartAsync(_late);
        var late = await Alone.StartAsync(postgres, slow.Address, arguments.Recipients, Connections, "late");
        var (one, two, four) = (await NodesAsync(1), await NodesAsync(2), await NodesAsync(4));
        List<Row> rows =
        [
            Row.Of("scale", large.Rate, small.Rate, "emails/s"),
            Row.Of("memory", large.Peak, small.Peak, "MiB"),
            Row.Of("latency-50ms", late.Rate, Connections / _late.TotalSeconds, "emails/s"),
            Row.Of("nodes-2", two, 2 * one, "emails/s"),
            Row.Of("nodes-4", four, 4 * one, "emails/s"),
        ];
        if (model is not null)
        {
            rows.Add(Row.Of("model-50ms", model.Here(4, Arguments.Concurrency, _late.TotalSeconds), four, "emails/s"));
        }

        return rows;

        // Processes that share a campaign, each with as many connections as a gateway that answers late lets it use
        async Task<double> NodesAsync(int nodes)
        {
            var schema = $"nodes{nodes}";
            var helpers = new List<IDisposable>();
            try
            {
                for (var node = 1; node < nodes; node++)
                {
                    helpers.Add(await Alone.StartBesideAsync(postgres, slow.Address, Arguments.Concurrency, schema));
                }

                var rate = (await Alone.StartAsync(postgres, slow.Address, nodes * PerNode, Arguments.Concurrency, schema)).Rate;
                Console.WriteLine($"{nodes} nodes: {rate:0} emails/s at {_late.TotalMilliseconds} ms");
                return rate;
            }
            finally
            {
                helpers.ForEach(helper => helper.Dispose());
            }
        }
    }
}
