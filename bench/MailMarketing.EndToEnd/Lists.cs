using System.Globalization;
using System.Text;
using CsvHelper;

namespace MailMarketing.EndToEnd;

/// <summary>A list of people as a CSV file: seven columns, addresses in no order, as lists have them.</summary>
internal static class Lists
{
    private static readonly string[] _first = ["Ada", "Grace", "Edsger", "Barbara", "Donald", "Frances", "Niklaus", "Radia", "John", "Jean"];
    private static readonly string[] _last = ["Lovelace", "Hopper", "Dijkstra", "Liskov", "Knuth", "Allen", "Wirth", "Perlman", "Backus", "Bartik"];
    private static readonly string[] _cities = ["Ulm", "London", "Rotterdam", "Paris", "Lisbon", "Oslo", "Prague"];

    public static void Write(string file, int people)
    {
        using var text = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024);
        text.Write("email,name,firstName,lastName,city,plan,points\n");
        for (var number = 0; number < people; number++)
        {
            // An odd factor shuffles the numbers and keeps each once
            var shuffled = unchecked((uint)number * 2_654_435_761);
            var (first, last) = (_first[number % _first.Length], _last[number / _first.Length % _last.Length]);
            text.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{first}.{shuffled:x8}@example.org,{first} {last},{first},{last},{_cities[number % _cities.Length]},plus,{number % 5000}\n"));
        }
    }

    /// <summary>A list whose rows are long: each has a note of 60 KB.</summary>
    public static void WriteLong(string file, int people)
    {
        using var text = new StreamWriter(file);
        var note = new string('n', 60_000);
        text.Write("email,note\n");
        for (var number = 0; number < people; number++)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"person{number}@example.org,{note}\n"));
        }
    }

    /// <summary>Reads it as somebody would who trusts every row.</summary>
    public static async Task ReadAsync(string file, Func<CsvReader, Task> row)
    {
        await using var stream = File.OpenRead(file);
        await using var reader = CsvReader.Create(stream, new CsvReaderOptions { Separator = ',' });
        await reader.ReadHeaderAsync(default);
        while (await reader.ReadAsync(default))
        {
            await row(reader);
        }
    }
}
