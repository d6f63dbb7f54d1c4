using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Progress that nobody looks at.</summary>
internal sealed class NoProgress : IRunProgress
{
    public void Note(string line)
    {
    }

    public void Announce(string line)
    {
    }

    public void Begin(string name, int steps)
    {
    }

    public void Step()
    {
    }

    public void Failed(string reason) => Assert.Fail(reason);
}
