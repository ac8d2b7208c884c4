using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Takes an emote away, everywhere at once: messages that named it show the name.</summary>
public sealed class DeleteChatEmote(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <returns><c>account.sign_in_required</c>, <c>chat.emote_not_allowed</c>, <c>chat.emote_not_found</c>.</returns>
    public async Task<Result<Done>> RunAsync(Id<ChatEmote> id, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsSignedIn)
        {
            return AccountFailures.SignInRequired;
        }

        if (!ChatEmote.MayManage(caller))
        {
            return ChatFailures.EmoteNotAllowed;
        }

        // Primary key.
        if (await db.ChatEmotes.SingleOrDefaultAsync(candidate => candidate.Id == id, cancellationToken) is not { } emote)
        {
            return ChatFailures.EmoteNotFound;
        }

        db.ChatEmotes.Remove(emote);
        db.Record(new ChatEmoteDeleted(id.Value), clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChatFailures.EmoteNotFound; // somebody else was quicker
        }

        await rooms.RefreshAllAsync(CancellationToken.None);
        return Done.Value;
    }
}
