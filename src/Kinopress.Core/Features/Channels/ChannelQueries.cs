using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Channels;

/// <summary>Reads about channels.</summary>
public sealed class ChannelQueries(KinopressDbContext db)
{
    /// <summary>Null when no channel has the handle. Index ix_channels_handle.</summary>
    public Task<ChannelView?> FindByHandleAsync(string handle, CancellationToken cancellationToken)
    {
        var lower = handle.ToLowerInvariant();
        return db.Channels.AsNoTracking()
            .Where(channel => channel.Handle == lower)
            .Select(channel => new ChannelView(channel.Id, channel.Handle, channel.Name, channel.Description))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Where what the caller makes belongs: his own channel; for whoever manages everybody's, the site's first. Null when
    /// there is none for him.
    /// </summary>
    public async Task<Id<Channel>?> FindToPublishInAsync(Caller caller, CancellationToken cancellationToken)
    {
        var owner = new Id<User>(caller.UserId ?? Guid.Empty);
        var channel = await db.Channels.AsNoTracking()
            .OrderBy(candidate => candidate.OwnerId == owner ? 0 : 1)
            .ThenBy(candidate => candidate.CreatedAt)
            .Select(candidate => new { candidate.Id, candidate.OwnerId })
            .FirstOrDefaultAsync(cancellationToken);
        return channel is not null && (channel.OwnerId == owner || caller.May(Capability.ManageAnyVideo)) ? channel.Id : null;
    }

    /// <summary>The caller's own channels, oldest first. A person has few, so the list is whole.</summary>
    public async Task<IReadOnlyList<ChannelView>> ListOwnedAsync(Caller caller, CancellationToken cancellationToken)
    {
        var owner = new Id<User>(caller.UserId ?? Guid.Empty);
        return await db.Channels.AsNoTracking()
            .Where(channel => channel.OwnerId == owner)
            .OrderBy(channel => channel.CreatedAt)
            .Select(channel => new ChannelView(channel.Id, channel.Handle, channel.Name, channel.Description))
            .ToListAsync(cancellationToken);
    }
}

/// <summary>A channel as everybody sees it.</summary>
public sealed record ChannelView(Id<Channel> Id, string Handle, string Name, string? Description)
{
    internal static ChannelView Of(Channel channel) => new(channel.Id, channel.Handle, channel.Name, channel.Description);
}
