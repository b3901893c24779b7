using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;

namespace ReferenceHost.People;

/// <summary>Refuses passwords that are guessed first: common words with decorations, runs of keys, and what is known of the account.</summary>
internal sealed partial class PasswordRules : IPasswordValidator<Person>
{
    public const int Shortest = 12;
    public const int Longest = 256;
    private const int FewestCharacters = 5;

    private static readonly string[] _common =
    [
        "password", "passwort", "motdepasse", "contrasena", "parola", "passphrase", "letmein", "welcome", "willkommen", "iloveyou", "admin",
        "administrator", "root", "secret", "changeme", "default", "login", "master", "dragon", "monkey", "football", "baseball", "superman",
        "batman", "sunshine", "princess", "shadow", "michael", "jennifer", "jordan", "charlie", "starwars", "pokemon", "trustno", "whatever",
        "computer", "internet", "summer", "winter", "spring", "autumn", "monday", "friday", "january", "september", "december", "hello",
        "test", "demo", "user", "guest", "temp", "correcthorsebatterystaple", "mailmarketing", "marketing", "campaign", "newsletter", "email",
    ];

    private static readonly string[] _runs =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Judge(password ?? "", user.Email ?? "") is { } mistake
            ? IdentityResult.Failed(new IdentityError { Description = mistake })
            : IdentityResult.Success);

    /// <summary>What is wrong with a password; null where it is fit.</summary>
    public static string? Judge(string password, string email)
    {
        if (password.Length is < Shortest or > Longest)
        {
            return $"A password needs {Shortest} to {Longest} characters; three or four words are a good one.";
        }

        var plain = Plain(password);
        var bare = NotLetters().Replace(plain, "");
        string[] words = [.. _common, .. NotLetters().Split(email.ToLowerInvariant()).Where(part => part.Length > 3)];
        var isCommon = password.Distinct().Count() < FewestCharacters
            || _runs.Any(run => IsMadeOf(plain, run) || IsMadeOf(password.ToLowerInvariant(), run))
            || (bare.Length > 0 && IsMadeOf(bare, words));
        return isCommon ? "This password is among the first that are guessed: take one without common words, names and rows of keys alone." : null;
    }

    private static string Plain(string text) => text.ToLowerInvariant()
        .Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't').Replace('@', 'a').Replace('$', 's')
        .Replace('!', 'i');

    /// <summary>Whether nothing but these words, and a few letters between them, are in the text.</summary>
    private static bool IsMadeOf(string text, string[] words)
    {
        const int few = 3;
        foreach (var word in words.OrderByDescending(word => word.Length))
        {
            text = text.Replace(word, "", StringComparison.Ordinal);
        }

        return text.Length <= few;
    }

    private static bool IsMadeOf(string text, string run)
    {
        var back = new string([.. run.Reverse()]);
        var parts = text.Chunk(4).Select(part => new string(part)).ToList();
        return parts.Count(part => run.Contains(part, StringComparison.Ordinal) || back.Contains(part, StringComparison.Ordinal)) >= parts.Count - 1;
    }

    [GeneratedRegex("[^a-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotLetters();
}
