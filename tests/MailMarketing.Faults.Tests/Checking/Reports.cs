namespace MailMarketing.Faults.Tests.Checking;

/// <summary>Writes down what runs came to, where eng/faults.sh asked for it.</summary>
internal static class Reports
{
    private const string Variable = "MAILMARKETING_FAULTS_REPORT";

    private static readonly Lock _lock = new();

    public static void Add(Report report)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{Report.Head}\n{report}");
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file)
        {
            lock (_lock)
            {
                File.AppendAllText(file, $"{report}\n");
            }
        }
    }
}
