using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Lets somebody write again, before the time-out ends or after a ban.</summary>
public sealed class UnbanChatAuthor(KinopressDbContext db, ChatRooms rooms)
{
    /// <returns><c>live.not_found</c> also when the chat is not the caller's to moderate; <c>chat.ban_not_found</c>.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, Id<ChatRestriction> id, Caller caller, CancellationToken cancellationToken)
    {
        var live = await db.Lives.AsNoTracking().ModeratedBy(caller).Where(candidate => candidate.PublicId == publicId).Select(candidate => new { candidate.Id, candidate.ChannelId }).SingleOrDefaultAsync(cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        var restriction = await db.ChatRestrictions.SingleOrDefaultAsync(candidate => candidate.Id == id && candidate.ChannelId == live.ChannelId, cancellationToken);
        if (restriction is null)
        {
            return ChatFailures.RestrictionNotFound;
        }

        db.ChatRestrictions.Remove(restriction);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChatFailures.RestrictionNotFound; // somebody else was first
        }

        await rooms.AnnounceAsync(publicId, new ChatAuthorChanged(ChatAuthor.KeyOf(live.Id, restriction.UserId), Restriction: null), CancellationToken.None);
        return Done.Value;
    }
}
