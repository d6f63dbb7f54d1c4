using NumSharp;

namespace StyleGan2.Encoder.Results;

/// <summary>
/// Receives the progress of a run, on the threads that do the work, one call at a time. Several pieces of work can go on at the same time,
/// each with a name of its own. What is not implemented is not looked at.
/// </summary>
public interface IRunProgress
{
    /// <summary>Something worth a line.</summary>
    void Note(string line)
    {
    }

    /// <summary>What is done next, in a line that is not needed where progress is shown otherwise.</summary>
    void Announce(string line)
    {
    }

    /// <summary>So many pictures are projected in this run.</summary>
    void Expect(int pictures)
    {
    }

    /// <summary>A piece of work begins; it is over when its steps are done, or when it has finished or failed.</summary>
    /// <param name="name">What to call it; a picture's name where one is projected.</param>
    /// <param name="steps">Its number of steps.</param>
    /// <param name="done">Those that an earlier run has done.</param>
    void Begin(string name, int steps, int done = 0)
    {
    }

    /// <summary>A step of a piece of work is done.</summary>
    /// <param name="name">What <see cref="Begin"/> called it.</param>
    /// <param name="distance">The distance from the target; null where nothing is projected.</param>
    void Step(string name, double? distance = null)
    {
    }

    /// <summary>Pictures that can be shown while the work goes on, after a step.</summary>
    /// <param name="name">What <see cref="Begin"/> called the work.</param>
    /// <param name="target">The picture to reach, float32 [1, channels, height, width] in [-1, 1].</param>
    /// <param name="current">Makes the picture reached so far, of the same shape; it is called only where the pictures are shown.</param>
    void Preview(string name, NDArray target, Func<NDArray> current)
    {
    }

    /// <summary>A picture is projected.</summary>
    void Finished(ProjectedPicture picture)
    {
    }

    /// <summary>One of the pictures expected is finished already.</summary>
    void PassedOver()
    {
    }

    /// <summary>A part of the run has failed; the others go on.</summary>
    /// <param name="name">What it is called, such as a picture's name.</param>
    /// <param name="reason">One line that says what is wrong and what to do.</param>
    void Failed(string name, string reason)
    {
    }
}
