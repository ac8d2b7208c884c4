namespace Kinopress.Client;

/// <summary>What the site is and its settings.</summary>
public sealed class SiteClient
{
    private readonly ApiConnection _connection;

    internal SiteClient(ApiConnection connection) => _connection = connection;

    public Task<Site> GetAsync(CancellationToken cancellationToken = default) =>
        _connection.GetAsync("site", ApiJson.Default.Site, cancellationToken);

    /// <exception cref="KinopressApiException"><c>site.not_allowed</c>, <c>site.invalid</c>.</exception>
    public Task<Site> EditAsync(SiteEdit edit, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Patch, "site", edit, ApiJson.Default.SiteEdit, ApiJson.Default.Site, cancellationToken);
}

/// <summary>An installation.</summary>
/// <param name="Id">Never changes, whatever the domain does.</param>
/// <param name="Tagline">Null when there is none.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="ApiLevel">Rises when a capability is added; compare it instead of versions.</param>
/// <param name="Capabilities">Stable words for what may be relied on.</param>
public sealed record Site(
    Guid Id,
    string Name,
    string? Tagline,
    string Language,
    bool RegistrationOpen,
    bool IsSetUp,
    string Software,
    string Version,
    int ApiLevel,
    IReadOnlyList<string> Capabilities);

/// <summary>Changes to a site; null leaves a thing as it is, an empty tagline removes it.</summary>
public sealed record SiteEdit
{
    public string? Name { get; init; }

    public string? Tagline { get; init; }

    public bool? RegistrationOpen { get; init; }
}
