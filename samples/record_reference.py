"""Records a projection of the original Python program, for `stylegan2-encoder compare RECORDING`.

Run it in the original program's folder (the one with projector.py and dnnlib), in the Python that runs it:

    python record_reference.py --network network.pkl --image picture.png --out recording --num-steps 100 --keep 1,2,3,5,10,100
    python record_reference.py --repeat recording

The second line projects once more with the recorded random numbers, as often as you like and best with other kernels (another device, TF_ENABLE_ONEDNN_OPTS,
--threads), and notes in recording/reference_scatter.json how far the program is from itself.

See docs/compare-with-python.md.
"""

import argparse
import json
import os
import shutil
import sys

import numpy as np

sys.path.insert(0, os.getcwd())

SETTINGS = 'projector.json'
ARRAYS = 'expect.npz'
SCATTER = 'reference_scatter.json'


def random_op(tensor):
    """The op that draws the normals a tensor is computed from."""
    pending, seen = [tensor.op], set()
    while pending:
        op = pending.pop()
        if op.type == 'RandomStandardNormal':
            return op
        if op.name not in seen:
            seen.add(op.name)
            pending += [i.op for i in op.inputs]
    raise SystemExit('%s is not computed from tf.random_normal; this is not the projector that the script knows' % tensor.name)


def seeds_of(op):
    return [int(op.get_attr('seed')), int(op.get_attr('seed2'))]


def noise_init_ops(projector):
    """The random op of each noise map's initialiser, in the order of the maps."""
    drawn, pending, seen = {}, [projector._noise_init_op], set()
    while pending:
        op = pending.pop()
        if op.name in seen:
            continue
        seen.add(op.name)
        if op.type in ('Assign', 'AssignVariableOp'):
            drawn[op.inputs[0].op.name] = random_op(op.inputs[1])
        else:
            pending += op.control_inputs
    return [drawn[v.op.name] for v in projector._noise_vars]


class Recorder:
    """Projects a target with a projector of the original program and keeps what happens."""

    def __init__(self, projector, tflib, given=None):
        self.projector, self.tflib, self.given = projector, tflib, given
        self.values = {}
        self.series = {n: [] for n in ('noise_strength', 'learning_rate', 'dist', 'loss', 'dlatent_normals')}
        self.normals = random_op(projector._dlatents_expr.op.inputs[1]).outputs[0]

    def record(self, target, keep):
        projector = self.projector
        projector.start(target)
        if self.given is not None:
            self.tflib.set_vars({v: self.given['initial_noise%d' % i] for i, v in enumerate(projector._noise_vars)})
        self.values['dlatent_avg'] = np.asarray(projector._dlatent_avg)
        self.values['dlatent_std'] = np.asarray(projector._dlatent_std)
        self.values['target_processed'] = self.tflib.run(projector._target_images_var)
        self.values['initial_noise_seeds'] = np.array([seeds_of(op) for op in noise_init_ops(projector)], dtype=np.int64)
        self.keep_noises('initial_noise')
        self.values['initial_images'] = projector.get_images()
        for step in range(1, projector.num_steps + 1):
            self.step()
            print('\rstep %d of %d ' % (step, projector.num_steps), end='', flush=True)
            if step in keep:
                self.values['step%d_dlatents' % step] = projector.get_dlatents()
                self.values['step%d_images' % step] = projector.get_images()
                self.keep_noises('step%d_noise' % step)
        print()
        self.values.update({n: np.array(v) for n, v in self.series.items()})
        return self.values

    def keep_noises(self, prefix):
        for i, noise in enumerate(self.projector._noise_vars):
            self.values['%s%d' % (prefix, i)] = self.tflib.run(noise)

    def step(self):
        """One step of the original, whose session run also gives, or is given, the normals of that step."""
        plain_run = self.tflib.run

        def run(fetches, feed_dict=None, **kwargs):
            if not isinstance(fetches, list) or not any(f is self.projector._opt_step for f in fetches):
                return plain_run(fetches, feed_dict, **kwargs)
            feeds = dict(feed_dict)
            if self.given is not None:
                feeds[self.normals] = self.given['dlatent_normals'][len(self.series['dist'])]
            results, normals = plain_run([list(fetches), self.normals], feeds, **kwargs)
            values = {id(f): r for f, r in zip(fetches, results)}
            self.series['noise_strength'].append(float(feed_dict[self.projector._noise_in]))
            self.series['learning_rate'].append(float(feed_dict[self.projector._lrate_in]))
            self.series['dist'].append(np.float32(np.sum(values[id(self.projector._dist)])))
            self.series['loss'].append(np.float32(values[id(self.projector._loss)]))
            self.series['dlatent_normals'].append(normals)
            return results

        self.tflib.run = run
        try:
            self.projector.step()
        finally:
            self.tflib.run = plain_run


def open_projector(network, settings, args):
    import dnnlib.tflib as tflib
    import pretrained_networks
    import projector as reference

    config = {'rnd.np_random_seed': 1000}
    if args.threads:
        config.update({'intra_op_parallelism_threads': args.threads, 'inter_op_parallelism_threads': 1})
    tflib.init_tf(config)
    _, _, generator = pretrained_networks.load_networks(network)
    projector = reference.Projector()
    projector.num_steps = settings['num_steps']
    projector.initial_learning_rate = settings['initial_learning_rate']
    projector.initial_noise_factor = settings['initial_noise_factor']
    if args.vgg16_pkl:
        if not hasattr(projector, 'vgg16_pkl'):
            raise SystemExit('this projector.py takes its LPIPS weights from a fixed place; leave --vgg16-pkl out')
        projector.vgg16_pkl = args.vgg16_pkl
    projector.set_network(generator)
    return projector, tflib


def scaled(levels):
    """Levels [channels, height, width] as project_images gives them to the projector."""
    from training import misc
    return misc.adjust_dynamic_range(levels[np.newaxis].astype(np.float32), [0, 255], [-1, 1])


def read_levels(path):
    import PIL.Image
    levels = np.asarray(PIL.Image.open(path))
    if levels.dtype != np.uint8 or levels.ndim not in (2, 3) or (levels.ndim == 3 and levels.shape[2] != 3):
        raise SystemExit('%s: give an 8-bit gray or RGB picture of the size of the network' % path)
    return levels[np.newaxis] if levels.ndim == 2 else levels.transpose(2, 0, 1)


def write_json(path, value):
    with open(path, 'w') as f:
        json.dump(value, f, indent=1)


def record(args):
    keep = sorted({int(k) for k in args.keep.split(',')} if args.keep else {args.num_steps})
    settings = {
        'num_steps': args.num_steps,
        'initial_learning_rate': args.initial_learning_rate,
        'initial_noise_factor': args.initial_noise_factor,
        'kept_after_steps': [k for k in keep if 1 <= k <= args.num_steps],
    }
    levels = read_levels(args.image)
    projector, tflib = open_projector(args.network, settings, args)
    recorder = Recorder(projector, tflib)
    values = recorder.record(scaled(levels), set(keep))
    os.makedirs(args.out, exist_ok=True)
    np.savez_compressed(os.path.join(args.out, ARRAYS), **values)
    np.save(os.path.join(args.out, 'target_uint8.npy'), levels)
    shutil.copyfile(args.network, os.path.join(args.out, 'network.pkl'))
    write_json(os.path.join(args.out, SETTINGS), settings)
    write_json(os.path.join(args.out, 'op_seeds.json'), {
        'noise_init': values['initial_noise_seeds'].tolist(),
        'dlatents_noise': seeds_of(recorder.normals.op),
    })


def repeat(args):
    with open(os.path.join(args.repeat, SETTINGS)) as f:
        settings = json.load(f)
    with np.load(os.path.join(args.repeat, ARRAYS)) as arrays:
        recorded = {n: arrays[n] for n in arrays.files}
    levels = np.load(os.path.join(args.repeat, 'target_uint8.npy'))
    projector, tflib = open_projector(os.path.join(args.repeat, 'network.pkl'), settings, args)
    values = Recorder(projector, tflib, recorded).record(scaled(levels), set(settings['kept_after_steps']))

    path = os.path.join(args.repeat, SCATTER)
    scatter = {}
    if os.path.exists(path):
        with open(path) as f:
            scatter = json.load(f)['relative_to_largest_value']
    for name, value in values.items():
        if 'noise' in name or name == 'dlatent_normals':
            continue
        largest = np.max(np.abs(recorded[name])).astype(np.float64)
        difference = np.max(np.abs(recorded[name].astype(np.float64) - value))
        scatter[name] = max(scatter.get(name, 0.0), float(difference / largest) if largest > 0 else 0.0)
    write_json(path, {'what': 'largest difference between runs of the reference with the same random numbers', 'relative_to_largest_value': scatter})
    for name, value in scatter.items():
        print('%-20s %.2e' % (name, value))
    if not any(scatter.values()):
        print('No difference at all: these were the same kernels. Repeat with others, or remove %s, which would allow nothing.' % path)


def main():
    parser = argparse.ArgumentParser(description='Record a projection of the original program.')
    parser.add_argument('--network', help='network pickle, a file')
    parser.add_argument('--image', help='picture to project, of the size of the network')
    parser.add_argument('--out', help='folder of the recording')
    parser.add_argument('--repeat', metavar='RECORDING', help='project again with the random numbers of a recording, and note the scatter in it')
    parser.add_argument('--vgg16-pkl', help='LPIPS weights, where the projector takes them from a setting')
    parser.add_argument('--num-steps', type=int, default=100)
    parser.add_argument('--initial-learning-rate', type=float, default=0.1)
    parser.add_argument('--initial-noise-factor', type=float, default=0.05)
    parser.add_argument('--keep', metavar='LIST', help='steps after which dlatents, images and noise maps are kept (default: the last)')
    parser.add_argument('--threads', type=int, default=0, help='threads of TensorFlow (default: its own choice)')
    args = parser.parse_args()
    if args.repeat:
        repeat(args)
    elif args.network and args.image and args.out:
        record(args)
    else:
        parser.error('--network, --image and --out are needed, or --repeat')


if __name__ == '__main__':
    main()
