using System.Globalization;

namespace MailMarketing.Faults.Tests.Checking;

/// <summary>One seed in an ordinary run; as many as eng/faults.sh asks for.</summary>
internal static class Seeds
{
    private const string Variable = "MAILMARKETING_FAULTS_SEEDS";

    public static TheoryData<int> All
    {
        get
        {
            var count = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var asked) ? asked : 1;
            return [.. Enumerable.Range(1, count)];
        }
    }
}
