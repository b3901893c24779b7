using System.Diagnostics;
using System.Globalization;
using FsCheck.Fluent;
using MailMarketing.Templates.Scriban.Fuzz;

// bombs            every bomb once; ends with "alive"
// minutes N        random templates for so long; a broken promise is printed with its template and ends the run with 1
if (args is ["bombs"])
{
    foreach (var (name, source) in Bombs.All())
    {
        if (Promises.Broken(source) is { } broken)
        {
            Console.WriteLine($"{name}: {broken}");
            return 1;
        }
    }

    Console.WriteLine("alive");
    return 0;
}

if (args is not ["minutes", var text] || !double.TryParse(text, CultureInfo.InvariantCulture, out var minutes))
{
    Console.Error.WriteLine("Say bombs, or minutes and a number.");
    return 2;
}

var started = Stopwatch.GetTimestamp();
var tried = 0;
while (Stopwatch.GetElapsedTime(started).TotalMinutes < minutes)
{
    foreach (var part in TemplateGrammar.Part.Sample(200, 4 + (tried / 200 % 20)))
    {
        tried++;
        if (Promises.Broken(part) is { } broken)
        {
            Console.WriteLine($"{broken}\n--- template ---\n{part}");
            return 1;
        }
    }
}

Console.WriteLine($"{tried} templates in {minutes} minutes: every promise held.");
return 0;
