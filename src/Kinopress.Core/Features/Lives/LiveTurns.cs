using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Lives;

/// <summary>
/// A broadcast and its creator change a live at the same moments: the encoder drops while the button is pressed. Whoever
/// comes second looks again at what is there now.
/// </summary>
internal static class LiveTurns
{
    private const int Tries = 5;

    /// <param name="attempt">Reads, decides and saves. Called again with an empty context when somebody else was first.</param>
    public static async Task<Result<T>> TakeAsync<T>(KinopressDbContext db, Func<Task<Result<T>>> attempt)
        where T : notnull
    {
        for (var number = 1; ; number++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await attempt();
            }
            catch (DbUpdateException) when (number < Tries)
            {
                // Also a name or number that somebody took meanwhile.
            }
        }
    }
}
