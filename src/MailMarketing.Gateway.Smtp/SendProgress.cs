using MailKit;

namespace MailMarketing.Gateway.Smtp;

/// <summary>Watches how much of a message has left.</summary>
internal sealed class SendProgress : ITransferProgress
{
    private volatile int _left = (int)Left.Nothing;

    public Left Left => (Left)_left;

    // Only after the last byte of the content comes the dot that ends it
    public void Report(long bytesTransferred, long totalSize) => _left = (int)(bytesTransferred >= totalSize ? Left.All : Left.Part);

    // Without a size nobody can tell a part from the whole
    public void Report(long bytesTransferred) => _left = (int)Left.All;
}
