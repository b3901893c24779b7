namespace MailMarketing.EndToEnd;

/// <summary>Everything that is measured, one after the other.</summary>
internal static class Bench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
        Environment.SetEnvironmentVariable(Product.KeysVariable, Path.Combine(folder, "keys"));
        try
        {
            var (rows, rates) = (new List<Row>(), new List<(string, double)>());
            Model? model = null;
            if (arguments.Wants("e2e"))
            {
                var campaigns = await Comparison.RunAsync(arguments, folder);
                (rows, rates) = (campaigns.Rows, campaigns.Rates);
                if (campaigns.Postgres is { } postgres)
                {
                    (var found, model) = Model.Run(campaigns.Bare, postgres);
                    rows.AddRange(found);
                }
            }

            if (arguments.Wants("render"))
            {
                rows.AddRange(await Rendering.RunAsync(arguments));
            }

            if (arguments.Wants("import"))
            {
                rows.AddRange(await Imports.RunAsync(arguments, folder));
            }

            if (arguments.Wants("fan-out") && arguments.Postgres is not null)
            {
                rows.AddRange(await FanOut.RunAsync(arguments, arguments.Postgres));
            }

            if (arguments.Wants("claim-complete") && arguments.Postgres is not null)
            {
                rows.AddRange(await Queue.RunAsync(arguments, arguments.Postgres));
            }

            if (arguments.Wants("two-services") && arguments is { Postgres: not null, Redis: not null, Host: not null })
            {
                rows.AddRange(await TwoServices.RunAsync(arguments, arguments.Postgres, arguments.Redis, arguments.Host, folder));
            }

            if (arguments.Wants("pages") && arguments.Postgres is not null)
            {
                rows.AddRange(await Pages.RunAsync(arguments, arguments.Postgres));
            }

            if (arguments.Wants("scale") && arguments.Postgres is not null)
            {
                rows.AddRange(await Scale.RunAsync(arguments, arguments.Postgres, model));
            }

            Report.Write(rows, rates, arguments.Results);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>One line of the results.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ratio">Ours over the ceiling.</param>
/// <param name="Ours">In units.</param>
/// <param name="Ceiling">In units.</param>
/// <param name="Unit">Of both.</param>
internal sealed record Row(string Name, double Ratio, double Ours, double Ceiling, string Unit)
{
    /// <summary>Microseconds of processor time of ours, in all processes; null where that was not measured.</summary>
    public double? Cpu { get; init; }

    /// <summary>The same of the ceiling.</summary>
    public double? CeilingCpu { get; init; }

    public static Row Of(string name, double ours, double ceiling, string unit) => new(name, ours / ceiling, ours, ceiling, unit);
}
