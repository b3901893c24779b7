using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace ReferenceHost.Tests.Deploy;

/// <summary>A compose file, as far as the host's own services go: what each is started with.</summary>
internal sealed partial class ComposeFile
{
    private ComposeFile(IReadOnlyDictionary<string, ComposeService> services) => Services = services;

    public IReadOnlyDictionary<string, ComposeService> Services { get; }

    /// <summary>Reads a file with the values of its variables; one that must be set and is not is an exception, as Compose has it.</summary>
    public static ComposeFile Read(string name, IReadOnlyDictionary<string, string> variables)
    {
        using var text = new StringReader(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name)));
        var parser = new MergingParser(new Parser(text));
        parser.Consume<StreamStart>();
        var file = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<Dictionary<string, object>>(parser);
        var services = (Dictionary<object, object>)file["services"];
        return new ComposeFile(services.ToDictionary(one => (string)one.Key, one => Service((Dictionary<object, object>)one.Value, variables)));
    }

    private static ComposeService Service(Dictionary<object, object> service, IReadOnlyDictionary<string, string> variables)
    {
        var command = service.TryGetValue("command", out var line) ? ((string)line).Split(' ') : [];
        var environment = service.TryGetValue("environment", out var map) ? (Dictionary<object, object>)map : [];
        return new ComposeService(
            command, environment.ToDictionary(one => (string)one.Key, one => Resolve((string)one.Value, variables)));
    }

    private static string Resolve(string value, IReadOnlyDictionary<string, string> variables) => Variable().Replace(value, match =>
    {
        var name = match.Groups["name"].Value;
        return variables.TryGetValue(name, out var set) ? set
            : match.Groups["kind"].Value == ":-" ? match.Groups["rest"].Value
            : throw new InvalidOperationException($"{name} must be set: {match.Groups["rest"].Value}");
    });

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(?:(?<kind>:[-?])(?<rest>[^}]*))?\}")]
    private static partial Regex Variable();
}
