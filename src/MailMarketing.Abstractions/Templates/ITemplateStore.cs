namespace MailMarketing;

/// <summary>Keeps templates; names are unique, whatever their case.</summary>
public interface ITemplateStore
{
    /// <summary>Adds a template; Conflict on <c>name</c> where the name exists.</summary>
    Task<Result<EmailTemplate>> AddAsync(string name, TemplateSource source, CancellationToken cancellationToken);

    /// <summary>The template, or null.</summary>
    Task<EmailTemplate?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>Replaces a template and raises its version: NotFound, or Conflict on <c>name</c>. Running campaigns keep what they froze.</summary>
    Task<Result<EmailTemplate>> UpdateAsync(long id, string name, TemplateSource source, CancellationToken cancellationToken);

    /// <summary>Deletes a template; false where there is none. Campaigns that froze it are not touched.</summary>
    Task<bool> DeleteAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of templates by id.</summary>
    Task<Page<EmailTemplate>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>The layouts and partials among these names, whatever their case; emails and names that nothing has are left out.</summary>
    Task<IReadOnlyList<EmailTemplate>> FindPartsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);

    /// <summary>Every saved version of a template, the newest first; empty where there is no such template.</summary>
    Task<IReadOnlyList<TemplateVersion>> ListVersionsAsync(long id, CancellationToken cancellationToken);

    /// <summary>One saved version, or null.</summary>
    Task<TemplateVersion?> GetVersionAsync(long id, int version, CancellationToken cancellationToken);

    /// <summary>How many templates there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);
}
