namespace MailMarketing.AspNetCore;

/// <summary>The settings' fields have names of their own in JSON: what the library calls <c>from.email</c> is <c>email_from.email</c> there.</summary>
internal static class SettingsFields
{
    private const string Prefix = "email_";

    public static Dictionary<string, string[]> InJson(IReadOnlyDictionary<string, string[]> errors) => errors.ToDictionary(
        error => error.Key.StartsWith("from.", StringComparison.Ordinal) ? Prefix + error.Key : error.Key, error => error.Value);

    public static string FromJson(string name) =>
        name.StartsWith($"{Prefix}from", StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
