using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Destinations;

/// <summary>
/// Another service a live is passed on to while it is on air: of one live, or of every live of a channel. Its stream key is
/// kept encrypted, since it has to be sent, and is never shown again.
/// </summary>
public sealed class Destination
{
    private Destination()
    {
    }

    public Id<Destination> Id { get; private set; }

    public Id<Channel> ChannelId { get; private set; }

    public Channel Channel { get; private set; } = null!; // loaded by EF whenever a query includes it

    /// <summary>Null for every live of the channel.</summary>
    public Id<Live>? LiveId { get; private set; }

    public string Name { get; private set; } = "";

    public DestinationPreset Preset { get; private set; }

    /// <summary>Of the server, without key: <c>rtmps://a.rtmps.youtube.com/live2</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The stream key as the site's secrets seal it.</summary>
    public byte[] SealedStreamKey { get; private set; } = [];

    public bool IsEnabled { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Rises with every change. Whoever sends to the destination starts anew then.</summary>
    public int Revision { get; private set; }

    /// <summary>What its stream key is sealed for: the key opens in no other place.</summary>
    public string SealContext => ContextOf(Id);

    /// <summary>What may be edited, as it stands.</summary>
    public DestinationDetails Details => new(Name, Preset, Url);

    /// <param name="liveId">Null for every live of the channel.</param>
    public static Destination Create(DestinationDetails details, Id<Channel> channelId, Id<Live>? liveId, bool isEnabled, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var destination = new Destination { Id = Id<Destination>.New(clock), ChannelId = channelId, LiveId = liveId, IsEnabled = isEnabled, CreatedAt = now };
        destination.Edit(details, now);
        return destination;
    }

    public static string ContextOf(Id<Destination> id) => $"destination {id}";

    public void Edit(DestinationDetails details, DateTimeOffset now)
    {
        (Name, Preset, Url) = (details.Name, details.Preset, details.Url);
        Touch(now);
    }

    public void Keep(byte[] sealedStreamKey) => SealedStreamKey = sealedStreamKey;

    /// <summary>Switching on what is on already tries again where the service had refused.</summary>
    public void Enable(bool isEnabled, DateTimeOffset now)
    {
        IsEnabled = isEnabled;
        Touch(now);
    }

    private void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Revision++;
    }
}

/// <summary>Services whose servers are known.</summary>
public enum DestinationPreset
{
    YouTube,
    Twitch,
    Kick,
    Facebook,

    /// <summary>Any server that takes RTMP or RTMPS.</summary>
    Custom,
}
