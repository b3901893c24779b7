using MailMarketing.Core.Tests.Engine;

namespace MailMarketing.Core.Tests.Attachments;

/// <summary>Files come to the jobs that name them, and a storage that is away costs nobody anything.</summary>
public sealed class AttachmentFilesTests
{
    private static readonly Attachment File = Attachment.Of("a.txt", "text/plain", new byte[] { 1, 2, 3 });

    private readonly Reader _reader = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static FrozenContent Content => Make.Content with { Attachments = [File with { Content = default }] };

    [Fact]
    public async Task A_block_is_given_its_files_which_are_read_once()
    {
        var files = new AttachmentFiles(_reader);
        var (one, other) = (Content, Content);
        var block = new SendBlock(1, [Make.Job(1, content: one), Make.Job(2, content: one), Make.Job(3, content: other), Make.Job(4)]);

        var loaded = (await files.LoadAsync(block, Stop))!;
        await files.LoadAsync(block, Stop);

        Assert.Equal([3, 3, 3], loaded.Jobs.SelectMany(job => job.Content.Attachments).Select(file => file.Content.Length));
        Assert.Same(loaded.Jobs[0].Content, loaded.Jobs[1].Content);
        Assert.Same(block.Jobs[3].Content, loaded.Jobs[3].Content);
        Assert.Equal(1, _reader.Reads);
        var without = block with { Jobs = [Make.Job(4)] };
        Assert.Same(without, await new AttachmentFiles(null).LoadAsync(without, Stop));
    }

    [Fact]
    public async Task What_is_kept_has_a_limit()
    {
        _reader.Size = 3 * 1024 * 1024;
        var files = new AttachmentFiles(_reader);
        var contents = Enumerable.Range(0, 20).Select(n => Make.Content with
        {
            Attachments = [new Attachment { Name = "a", ContentType = "text/plain", Hash = $"{n}", Size = _reader.Size }],
        }).ToList();
        foreach (var content in contents.Concat(contents))
        {
            Assert.True((await files.LoadAsync(content, Stop)).Attachments[0].IsLoaded);
        }

        // Ten fit, and in this order each is gone before it comes again
        Assert.Equal(40, _reader.Reads);
        Assert.True((await files.LoadAsync(contents[^1], Stop)).Attachments[0].IsLoaded);
        Assert.Equal(40, _reader.Reads);
    }

    [Fact]
    public async Task A_claim_whose_files_cannot_be_read_is_given_back_at_once()
    {
        var queue = new OneBlock(new SendBlock(7, [Make.Job(1, content: Content)]));
        var linking = new LinkingQueue(queue, new RecipientLinks(null!), new AttachmentFiles(_reader));
        _reader.IsAway = true;

        await Assert.ThrowsAsync<MailMarketingException>(() => linking.ClaimAsync(new("bulk", 10, TimeSpan.FromMinutes(1)), Stop));
        Assert.Equal([(7L, 1L)], queue.Released);

        _reader.IsAway = false;
        Assert.True((await linking.ClaimAsync(new("bulk", 10, TimeSpan.FromMinutes(1)), Stop))!.Jobs[0].Content.Attachments[0].IsLoaded);
        Assert.Single(queue.Released);
    }

    [Fact]
    public async Task A_sending_side_elsewhere_gets_the_files_or_is_certain_that_nothing_came()
    {
        var remote = new Client.FakeRemoteSender { View = new() };
        var sender = new AttachingSender(remote, new AttachmentFiles(_reader));
        var batch = new JobBatch { Content = Content, Jobs = [new HandedJob { JobId = JobId.Of(1), Fields = new Dictionary<string, object?>() }] };
        _reader.IsAway = true;
        Assert.Equal(ProblemKind.Unavailable, (await sender.SubmitAsync(batch, Stop)).Problem!.Kind);
        Assert.Null(remote.Batch);

        _reader.IsAway = false;
        await sender.SubmitAsync(batch, Stop);
        Assert.Equal(File.Content.ToArray(), Assert.Single(remote.Batch!.Content.Attachments).Content.ToArray());

        var gone = Content with { Attachments = [File with { Content = default, Hash = "gone" }] };
        Assert.Equal(ProblemKind.Invalid, (await sender.SubmitAsync(batch with { Content = gone }, Stop)).Problem!.Kind);
    }

    private sealed class Reader : IAttachmentReader
    {
        public int Reads { get; private set; }

        public bool IsAway { get; set; }

        public int Size { get; set; } = 3;

        public Task<byte[]?> ReadAsync(string hash, CancellationToken cancellationToken)
        {
            Reads++;
            return IsAway ? throw new MailMarketingException("The storage is away.")
                : Task.FromResult(hash == "gone" ? null : Size == 3 ? File.Content.ToArray() : new byte[Size]);
        }
    }

    /// <summary>A queue that has the same block for everybody.</summary>
    private sealed class OneBlock(SendBlock block) : ISendQueue
    {
        public List<(long Fence, long Id)> Released { get; } = [];

        public Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => Task.FromResult<SendBlock?>(block);

        public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken)
        {
            Released.AddRange(queueIds.Select(id => (fence, id)));
            return Task.CompletedTask;
        }

        public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
