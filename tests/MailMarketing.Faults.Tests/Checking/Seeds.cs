using System.Globalization;

namespace MailMarketing.Faults.Tests.Checking;

/// <summary>One seed in an ordinary run; as many as eng/faults.sh asks for.</summary>
internal static class Seeds
{
    public static TheoryData<int> All => [.. Enumerable.Range(Asked("MAILMARKETING_FAULTS_FROM"), Asked("MAILMARKETING_FAULTS_SEEDS"))];

    private static int Asked(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var asked) ? asked : 1;
}
