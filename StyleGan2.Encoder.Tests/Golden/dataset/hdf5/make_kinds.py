#!/usr/bin/env python3
"""Writes kinds/: one small HDF5 file for each way in which h5py stores images, and for each that is refused (python3-h5py 3.7 of Debian 12)."""

import os

import h5py
import numpy as np

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'kinds')
LATEST = {'libver': 'latest'}


def images(count, channels, height, width):
    """The tests know these pixels."""
    n, c, y, x = np.ogrid[:count, :channels, :height, :width]
    return ((n * 7 + c * 31 + y * 5 + x * 3) % 251).astype(np.uint8)


def write(name, fill, **options):
    with h5py.File(os.path.join(HERE, name + '.h5'), 'w', **options) as file:
        fill(file)


def dataset(shape, **options):
    return lambda file: file.create_dataset('data', data=images(*shape), **options)


def compact(file):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_layout(h5py.h5d.COMPACT)
    low_level(file, (3, 1, 4, 4), properties)


def implicit(file):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((3, 3, 4, 4))
    properties.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    low_level(file, (8, 3, 8, 8), properties)


def low_level(file, shape, properties):
    made = h5py.h5d.create(file.id, b'data', h5py.h5t.NATIVE_UINT8, h5py.h5s.create_simple(shape), properties)
    h5py.Dataset(made)[...] = images(*shape)


def soft(file):
    file.create_dataset('images', data=images(3, 3, 8, 8))
    file.create_group('links')['here'] = h5py.SoftLink('/images')
    file['data'] = h5py.SoftLink('links/here')
    file['data_nothing'] = h5py.SoftLink('/nothing')


def many(file):
    for i in range(30):
        file.create_dataset('data%02d' % i, data=images(1 + i % 2, 1, 4, 4))
    file.create_dataset('data_largest', data=images(2, 1, 8, 8))


def cycle(file):
    file.create_group('data_group')['self'] = file['/']
    file['data_root'] = file['/']
    file.create_dataset('data', data=images(2, 3, 4, 4))


def loop(file):
    file['data1'] = h5py.SoftLink('/data2')
    file['data2'] = h5py.SoftLink('/data1')


def view(file):
    layout = h5py.VirtualLayout((20, 3, 4, 4), 'u1')
    layout[...] = h5py.VirtualSource('.', 'data', shape=(20, 3, 4, 4))
    file.create_virtual_dataset('data', layout)


def declared(**options):
    return lambda file: file.create_dataset('data', shape=(40000000, 1, 4, 4), dtype='u1', **options)


def partly(file):
    file.create_dataset('data', shape=(200, 1, 4, 4), dtype='u1', chunks=(2, 1, 4, 4), compression='gzip')[0:50] = 1


def main():
    os.makedirs(HERE, exist_ok=True)
    gzip = {'compression': 'gzip'}
    for name, options in (('earliest', {}), ('latest', LATEST)):
        write('one-piece-' + name, dataset((5, 3, 8, 8)), **options)
        write('chunks-' + name, dataset((5, 3, 8, 8), chunks=(2, 2, 3, 5), shuffle=True, fletcher32=True, **gzip), **options)
        write('links-' + name, soft, **options)
        write('many-' + name, many, **options)
        write('cycle-' + name, cycle, **options)
        write('refused-loop-' + name, loop, **options)
        write('refused-other-file-' + name, lambda file: file.__setitem__('data', h5py.ExternalLink('/etc/passwd', '/x')), **options)
        write('refused-other-storage-' + name, lambda file: file.create_dataset(
            'data', shape=(20, 3, 4, 4), dtype='u1', external=[('/etc/passwd', 0, 960)]), **options)
        write('refused-declared-' + name, declared(), **options)
        write('refused-declared-chunks-' + name, declared(chunks=(10000, 1, 4, 4), **gzip), **options)
    write('after-a-block', dataset((5, 3, 8, 8)), userblock_size=512)
    write('compact', compact)
    write('implicit', implicit, **LATEST)
    write('single', dataset((5, 3, 8, 8), chunks=(5, 3, 8, 8)), **LATEST)
    write('single-gzip', dataset((5, 3, 8, 8), chunks=(5, 3, 8, 8), **gzip), **LATEST)
    write('fixed-plain', dataset((5, 3, 8, 8), chunks=(1, 3, 4, 4)), **LATEST)
    write('fixed-pages', dataset((1100, 1, 4, 4), chunks=(1, 1, 4, 4)), **LATEST)
    write('fixed-room', dataset((5, 3, 8, 8), chunks=(2, 3, 4, 4), maxshape=(9, 3, 16, 12), **gzip), **LATEST)
    write('growing-plain', dataset((300, 1, 4, 4), chunks=(1, 1, 4, 4), maxshape=(None, 1, 4, 4)), **LATEST)
    write('growing-gzip', dataset((150, 1, 4, 4), chunks=(1, 1, 4, 4), maxshape=(None, 1, 4, 4), **gzip), **LATEST)
    write('growing-rows', dataset((5, 3, 8, 8), chunks=(2, 3, 4, 4), maxshape=(5, 3, None, 8), **gzip), **LATEST)
    write('tree-plain', dataset((300, 1, 4, 4), chunks=(1, 1, 4, 4), maxshape=(None, 1, 4, None)), **LATEST)
    write('tree-gzip', dataset((5, 3, 8, 8), chunks=(2, 3, 4, 4), maxshape=(None, 3, None, 8), **gzip), **LATEST)
    write('refused-view', view, **LATEST)
    write('refused-partly', partly, **LATEST)
    write('refused-lzf', dataset((5, 3, 8, 8), chunks=(5, 3, 8, 8), compression='lzf'))
    write('none-float', lambda file: file.create_dataset('data', data=images(5, 3, 8, 8).astype('f4')))


main()
