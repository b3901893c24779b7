using System.Text.RegularExpressions;

namespace MailMarketing.Architecture.Tests;

/// <summary>Whether somebody left a secret where everybody can read it.</summary>
public sealed partial class SecretTests
{
    private static readonly string[] _skipped = ["bin", "obj", ".git", "node_modules", "artifacts"];
    private static readonly string[] _pictures = [".png", ".jpg", ".ico", ".woff2"];

    [Fact]
    [Trait("Fault", "S-13")]
    public void No_file_holds_a_key_or_a_token()
    {
        var files = Files(Package.Root).ToList();
        Assert.True(files.Count > 300, $"Only {files.Count} files were found.");
        Breaches.None(
            "Secrets belong into the configuration of who runs the host.",
            files.SelectMany(file => Secret().Matches(File.ReadAllText(file)).Select(found => $"{file}: {found.Value[..8]}…")));
    }

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("AKIA" + "IOSFODNN7EXAMPLE")]
    [InlineData("ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("SG." + "abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123456789abcdefg")]
    public void A_secret_is_recognised(string text) => Assert.Matches(Secret(), text);

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => !_pictures.Contains(Path.GetExtension(file)) && Path.GetFileName(file) != "SecretTests.cs")
        .Concat(Directory.EnumerateDirectories(folder).Where(one => !_skipped.Contains(Path.GetFileName(one))).SelectMany(Files));

    // Private keys, and tokens of AWS, GitHub, SendGrid, Slack and Stripe, by the forms that their makers document
    [GeneratedRegex(
        @"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bSG\.[\w-]{22}\.[\w-]{43}\b|\bxox[abprs]-[\w-]{20,}|\bsk_live_\w{20,}")]
    private static partial Regex Secret();
}
