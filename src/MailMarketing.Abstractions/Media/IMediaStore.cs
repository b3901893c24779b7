namespace MailMarketing;

/// <summary>Keeps images; the same content is kept once.</summary>
public interface IMediaStore
{
    /// <summary>Adds an image, or gives the one that has this <see cref="MediaFile.FileName"/> already, under the name it was given first.</summary>
    Task<MediaFile> AddAsync(MediaFile file, byte[] content, CancellationToken cancellationToken);

    /// <summary>The content by <see cref="MediaFile.FileName"/>, or null.</summary>
    Task<MediaContent?> OpenAsync(string fileName, CancellationToken cancellationToken);

    /// <summary>The image, or null.</summary>
    Task<MediaFile?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of images by id.</summary>
    Task<Page<MediaFile>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes an image: NotFound, or Conflict that names the stored templates, and the running and paused campaigns, whose text holds its
    /// <see cref="MediaFile.FileName"/>.
    /// </summary>
    Task<Result<MediaFile>> DeleteAsync(long id, CancellationToken cancellationToken);
}
