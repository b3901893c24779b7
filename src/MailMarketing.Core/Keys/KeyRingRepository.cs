using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace MailMarketing;

/// <summary>
/// The key ring in the storage and a copy of it in a folder: what one of the two lacks, it gets from the other. Entries never change,
/// so that there is nothing to disagree on.
/// </summary>
internal sealed class KeyRingRepository(IKeyRingStore store, string copies, ILogger<KeyRingRepository> logger) : IXmlRepository
{
    // Data Protection asks in ways that cannot wait; it does so seldom, and not on a request's path
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(ReadAsync).GetAwaiter().GetResult().Values.Select(entry => XElement.Parse(entry))];

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => StoreAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();

    /// <summary>Both together, after each got what it lacked. Where the storage cannot be read, the copies alone.</summary>
    /// <exception cref="MailMarketingException">The storage cannot be read and there is no copy.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync()
    {
        var kept = ReadCopies();
        Dictionary<string, string> all;
        try
        {
            all = new(await store.ReadAsync(CancellationToken.None), StringComparer.Ordinal);
            foreach (var (name, entry) in kept.Where(copy => all.TryAdd(copy.Key, copy.Value)))
            {
                await store.AddAsync(name, entry, CancellationToken.None);
            }
        }
        catch (MailMarketingException failure) when (kept.Count > 0)
        {
            KeyRingLog.ReadFromCopies(logger, failure);
            return kept;
        }

        foreach (var (name, entry) in all.Where(entry => !kept.ContainsKey(entry.Key)))
        {
            await KeepAsync(name, entry);
        }

        return all;
    }

    private Dictionary<string, string> ReadCopies()
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(copies))
        {
            foreach (var file in Directory.EnumerateFiles(copies, "*.xml"))
            {
                kept[Path.GetFileNameWithoutExtension(file)] = File.ReadAllText(file);
            }
        }

        return kept;
    }

    private async Task StoreAsync(string name, string entry)
    {
        await store.AddAsync(name, entry, CancellationToken.None);
        await KeepAsync(name, entry);
    }

    private Task KeepAsync(string name, string entry)
    {
        Directory.CreateDirectory(copies);
        return WholeFile.WriteAsync(Path.Combine(copies, $"{name}.xml"), entry, CancellationToken.None);
    }
}
