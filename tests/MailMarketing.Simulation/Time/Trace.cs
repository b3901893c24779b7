using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailMarketing.Simulation;

/// <summary>All that happened, in order: its hash tells whether two runs were the same.</summary>
internal sealed class Trace
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>SHA-256 of all lines, in hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _lines))));

    public void Add(DateTimeOffset at, string what) =>
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{at:HH:mm:ss.fffffff} {what}"));
}
