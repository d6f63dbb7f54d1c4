using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Results;

public sealed class ResultClaimTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_claim_is_given_to_one_at_a_time_however_often_it_changes_hands()
    {
        int holders = 0, turns = 0;
        Thread[] threads =
        [
            .. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
            {
                for (int i = 0; i < 3000; i++)
                {
                    using ResultClaim? claim = ResultClaim.Take(_folder.Path, "a");
                    if (claim is not null)
                    {
                        if (Interlocked.Increment(ref holders) != 1)
                        {
                            return;
                        }

                        turns++;
                        Thread.Sleep(0);
                        Interlocked.Decrement(ref holders);
                    }
                }
            })),
        ];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(0, holders);
        Assert.InRange(turns, 4, int.MaxValue);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_that_a_dead_process_left_claims_nothing()
    {
        File.WriteAllText(_folder.File(".stylegan2-claim-a"), "");
        using ResultClaim? claim = ResultClaim.Take(_folder.Path, "a");
        Assert.NotNull(claim);
        Assert.Null(ResultClaim.Take(_folder.Path, "a"));
    }
}
