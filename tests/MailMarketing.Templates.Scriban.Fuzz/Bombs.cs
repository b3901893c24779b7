namespace MailMarketing.Templates.Scriban.Fuzz;

/// <summary>Templates that nest until the stack of a careless parser ends.</summary>
internal static class Bombs
{
    private static readonly (string Piece, int Times)[] Pieces =
    [
        ("(", 200_000), ("[", 200_000), ("!", 200_000), ("-", 200_000), ("{a:", 80_000), ("{{if true}}", 20_000), ("if true\n", 30_000),
        ("1 | ", 60_000), ("true ? 1 : ", 20_000), ("1+", 100_000), ("a.", 100_000), ("a[0]", 60_000), ("a ", 100_000), ("@", 200_000),
        ("do\n", 60_000), ("if a\nelse ", 20_000), ("else if a\n", 20_000), ("a=", 100_000), ("$\"{", 60_000), ("func a\n", 30_000),
        ("f a: ", 40_000), ("ret ", 60_000), ("not ", 60_000), ("block 'a' }}{{ ", 15_000), ("include 'part' }}{{ ", 12_000),
    ];

    private static readonly (string Piece, int Times)[] Markup =
    [
        ("<div>", 50_000), ("<b>", 80_000), ("<table><tr><td>", 17_000), ("<!--", 60_000), ("<a href='", 25_000), ("<style>a{", 25_000),
        ("<ul><li>", 30_000), ("> ", 120_000), ("[", 250_000), ("* ", 120_000), ("![", 120_000), ("<p style='", 25_000), ("`", 250_000),
    ];

    /// <summary>Every bomb, with what it is made of.</summary>
    public static IEnumerable<(string Name, string Source)> All()
    {
        foreach (var (piece, times) in Pieces)
        {
            var nested = string.Concat(Enumerable.Repeat(piece, times));
            foreach (var tail in new[] { "", "1 }}", " }}" })
            {
                yield return ($"{piece.Trim()} {tail}", "{{ " + nested + tail);
            }
        }

        foreach (var (piece, times) in Markup)
        {
            yield return (piece, string.Concat(Enumerable.Repeat(piece, times)));
        }
    }
}
