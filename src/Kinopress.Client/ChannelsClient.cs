namespace Kinopress.Client;

/// <summary>Channels: who publishes.</summary>
public sealed class ChannelsClient
{
    private readonly ApiConnection _connection;

    internal ChannelsClient(ApiConnection connection) => _connection = connection;

    /// <exception cref="KinopressApiException"><c>channel.not_found</c>.</exception>
    public Task<Channel> GetAsync(string handle, CancellationToken cancellationToken = default) =>
        _connection.GetAsync(PathOf(handle), ApiJson.Default.Channel, cancellationToken);

    /// <exception cref="KinopressApiException"><c>channel.not_found</c>, <c>channel.not_allowed</c>, <c>channel.invalid</c>.</exception>
    public Task<Channel> EditAsync(string handle, ChannelEdit edit, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(HttpMethod.Patch, PathOf(handle), edit, ApiJson.Default.ChannelEdit, ApiJson.Default.Channel, cancellationToken);

    private static string PathOf(string handle) => $"channels/{Uri.EscapeDataString(handle)}";
}

/// <summary>A channel.</summary>
/// <param name="Url">Relative to the site's root.</param>
/// <param name="Description">Null when nothing has been written.</param>
public sealed record Channel(string Handle, string Name, string Url, string? Description);

/// <summary>Changes to a channel; null leaves a thing as it is, an empty description removes it.</summary>
public sealed record ChannelEdit
{
    public string? Name { get; init; }

    /// <summary>The former address leads nowhere afterwards.</summary>
    public string? Handle { get; init; }

    public string? Description { get; init; }
}
