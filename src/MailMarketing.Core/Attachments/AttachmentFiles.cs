namespace MailMarketing;

/// <summary>Gives content the files that it names. Those used last are kept, up to a size, so that each claim does not read them again.</summary>
internal sealed class AttachmentFiles(IAttachmentReader? reader)
{
    private const long Room = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Hash, byte[] Bytes)> _used = new();
    private long _size;

    /// <summary>The content with the bytes of its files, as far as they are stored.</summary>
    public async ValueTask<FrozenContent> LoadAsync(FrozenContent content, CancellationToken cancellationToken)
    {
        if (content.Attachments.All(file => file.IsLoaded))
        {
            return content;
        }

        var files = new List<Attachment>(content.Attachments.Count);
        foreach (var file in content.Attachments)
        {
            files.Add(file.IsLoaded ? file : file with { Content = await ReadAsync(file.Hash, cancellationToken) });
        }

        return content with { Attachments = files };
    }

    /// <summary>A block whose jobs have the files of their contents, still one instance for all that share it.</summary>
    public async ValueTask<SendBlock?> LoadAsync(SendBlock? block, CancellationToken cancellationToken)
    {
        if (block is null || block.Jobs.All(job => job.Content.Attachments.Count == 0))
        {
            return block;
        }

        var loaded = new Dictionary<FrozenContent, FrozenContent>(ReferenceEqualityComparer.Instance);
        foreach (var content in block.Jobs.Select(job => job.Content))
        {
            if (!loaded.ContainsKey(content))
            {
                loaded[content] = await LoadAsync(content, cancellationToken);
            }
        }

        return block with { Jobs = [.. block.Jobs.Select(job => job with { Content = loaded[job.Content] })] };
    }

    private async ValueTask<byte[]> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            for (var node = _used.First; node is not null; node = node.Next)
            {
                if (node.Value.Hash == hash)
                {
                    _used.Remove(node);
                    _used.AddFirst(node);
                    return node.Value.Bytes;
                }
            }
        }

        // What is missing is said of each message, when it is made
        var bytes = reader is null ? null : await reader.ReadAsync(hash, cancellationToken);
        if (bytes is not null)
        {
            Keep(hash, bytes);
        }

        return bytes ?? [];
    }

    private void Keep(string hash, byte[] bytes)
    {
        lock (_lock)
        {
            if (_used.All(known => known.Hash != hash))
            {
                _used.AddFirst((hash, bytes));
                _size += bytes.Length;
            }

            while (_size > Room)
            {
                _size -= _used.Last!.Value.Bytes.Length;
                _used.RemoveLast();
            }
        }
    }
}
