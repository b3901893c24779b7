namespace MailMarketing.EndToEnd;

/// <summary>Everything that is measured, one after the other.</summary>
internal static class Bench
{
    /// <summary>Gives 1 where a part could not be measured; the others are, all the same.</summary>
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
        Environment.SetEnvironmentVariable(Product.KeysVariable, Path.Combine(folder, "keys"));
        var (rows, rates, failed) = (new List<Row>(), new List<(string, double)>(), false);
        Model? model = null;
        await MeasureAsync("e2e", async () =>
        {
            var campaigns = await Comparison.RunAsync(arguments, folder);
            rates = campaigns.Rates;
            (var found, model) = campaigns.Postgres is { } measured ? Model.Run(campaigns.Bare, measured) : ([], null);
            return [.. campaigns.Rows, .. found];
        });
        await MeasureAsync("render", () => Rendering.RunAsync(arguments));
        await MeasureAsync("import", () => Imports.RunAsync(arguments, folder));
        if (arguments.Postgres is { } postgres)
        {
            await MeasureAsync("fan-out", () => FanOut.RunAsync(arguments, postgres));
            await MeasureAsync("claim-complete", () => Queue.RunAsync(arguments, postgres));
            if (arguments is { Redis: { } redis, Host: { } host })
            {
                await MeasureAsync("two-services", () => TwoServices.RunAsync(arguments, postgres, redis, host, folder));
            }

            await MeasureAsync("pages", () => Pages.RunAsync(arguments, postgres));
            await MeasureAsync("scale", () => Scale.RunAsync(arguments, postgres, model));
            if (arguments.Only.Contains("profile"))
            {
                await MeasureAsync("profile", () => Profile.RunAsync(postgres));
            }
        }

        Report.Write(rows, rates, arguments.Results);
        Directory.Delete(folder, recursive: true);
        return failed ? 1 : 0;

        async Task MeasureAsync(string part, Func<Task<List<Row>>> measure)
        {
            if (!arguments.Wants(part))
            {
                return;
            }

            try
            {
                rows.AddRange(await measure());
            }
            catch (Exception exception)
            {
                failed = true;
                await Console.Error.WriteLineAsync($"{part} could not be measured: {exception}");
            }
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
