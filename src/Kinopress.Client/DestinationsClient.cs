namespace Kinopress.Client;

/// <summary>Other services that lives are passed on to.</summary>
public sealed class DestinationsClient
{
    private readonly ApiConnection _connection;

    internal DestinationsClient(ApiConnection connection) => _connection = connection;

    /// <param name="live">A live's public id, for its own and its channel's; null for all the caller manages.</param>
    /// <exception cref="KinopressApiException"><c>live.not_found</c>.</exception>
    public Task<DestinationList> ListAsync(string? live = null, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(live is null ? "destinations" : $"destinations?live={Uri.EscapeDataString(live)}", ApiJson.Default.DestinationList, cancellationToken);

    /// <exception cref="KinopressApiException"><c>destination.invalid</c>, <c>destination.too_many</c>, <c>live.not_found</c>, <c>live.not_allowed</c>, <c>live.no_channel</c>.</exception>
    public Task<Destination> AddAsync(DestinationEdit destination, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Post, "destinations", destination, ApiJson.Default.DestinationEdit, ApiJson.Default.Destination, cancellationToken);

    /// <exception cref="KinopressApiException"><c>destination.not_found</c>.</exception>
    public Task<Destination> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(id), ApiJson.Default.Destination, cancellationToken);

    /// <exception cref="KinopressApiException"><c>destination.not_found</c>, <c>destination.invalid</c>, <c>destination.edited_elsewhere</c>.</exception>
    public Task<Destination> EditAsync(Guid id, DestinationEdit edit, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Patch, PathOf(id), edit, ApiJson.Default.DestinationEdit, ApiJson.Default.Destination, cancellationToken);

    /// <exception cref="KinopressApiException"><c>destination.not_found</c>, <c>destination.edited_elsewhere</c>.</exception>
    public Task DeleteAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, PathOf(id), body: null, cancellationToken);

    /// <summary>Switches it on; one that refused is tried again.</summary>
    public Task<Destination> EnableAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Put, PathOf(id) + "/activation", ApiJson.Default.Destination, cancellationToken);

    /// <summary>Switches it off, at once.</summary>
    public Task<Destination> DisableAsync(Guid id, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Delete, PathOf(id) + "/activation", ApiJson.Default.Destination, cancellationToken);

    private static string PathOf(Guid id) => $"destinations/{id}";
}
