namespace ReferenceHost;

/// <summary>Reads single settings of a section; what cannot be read is a <see cref="BadSettingException"/>. An empty one counts as not set.</summary>
internal sealed class SettingsReader(IConfigurationSection section)
{
    public string? Text(string key) => section[key] is { Length: > 0 } value ? value : null;

    public bool? Flag(string key) => Text(key) is not { } text ? null
        : bool.TryParse(text, out var flag) ? flag
        : throw new BadSettingException($"{section.Path}:{key}", $"'{text}' must be true or false.");

    public TimeSpan? Time(string key) => Text(key) is not { } text ? null
        : TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time) ? time
        : throw new BadSettingException($"{section.Path}:{key}", $"'{text}' is no time, such as 90 for ninety days or 12:00:00 for half a day.");

    /// <summary>One of several; the first where none is set.</summary>
    public T Choice<T>(string key, params (string Name, T Value)[] choices)
    {
        var name = Text(key) ?? choices[0].Name;
        return choices.Any(choice => choice.Name == name)
            ? choices.First(choice => choice.Name == name).Value
            : throw new BadSettingException(
                $"{section.Path}:{key}", $"'{name}' must be one of: {string.Join(", ", choices.Select(choice => choice.Name))}.");
    }

    public Uri? Address(string key) => Text(key) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new BadSettingException($"{section.Path}:{key}", $"'{text}' is no http address, such as http://localhost:5050.");

    /// <summary>Puts the section's values into options, by their names.</summary>
    public static void Bind(IConfigurationSection section, object options)
    {
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException mistake)
        {
            throw new BadSettingException(section.Path, mistake.Message);
        }
    }
}
