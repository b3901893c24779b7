using System.Globalization;

namespace ReferenceHost.MockGateway;

/// <summary>The settings below <c>MailMarketing:MockGateway</c>.</summary>
internal sealed record MockGatewayOptions
{
    public const string Section = "MailMarketing:MockGateway";

    private static readonly TimeSpan _longestLatency = TimeSpan.FromMinutes(10);

    public Weights Weights { get; private init; } = Weights.Default;

    /// <summary>Where set, the same key gets the same answers in every run.</summary>
    public string? Seed { get; private init; }

    public TimeSpan Latency { get; private init; }

    public string? RecordTo { get; private init; }

    public string? User { get; private init; }

    public string? Password { get; private init; }

    /// <summary>Whether it takes a message again that comes with a key it knows, as gateways do that have no keys.</summary>
    public bool IgnoreKeys { get; private init; }

    public static MockGatewayOptions Read(IConfiguration configuration)
    {
        var values = new SettingsReader(configuration.GetSection(Section));
        var options = new MockGatewayOptions
        {
            Seed = values.Text("Seed"),
            RecordTo = values.Text("RecordTo"),
            User = values.Text("User"),
            Password = values.Text("Password"),
            IgnoreKeys = values.Flag("IgnoreKeys") ?? false,
        };

        if (options.User is null != options.Password is null)
        {
            throw new BadSettingException($"{Section}:{(options.User is null ? "User" : "Password")}", "set both User and Password, or neither.");
        }

        if (values.Text("Latency") is { } latency)
        {
            options = TimeSpan.TryParse(latency, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.Zero && time <= _longestLatency
                ? options with { Latency = time }
                : throw new BadSettingException($"{Section}:Latency", $"'{latency}' is no time from 00:00:00 to 00:10:00.");
        }

        return values.Text("Weights") is { } weights ? options with { Weights = Weights.Parse(weights, $"{Section}:Weights") } : options;
    }
}
