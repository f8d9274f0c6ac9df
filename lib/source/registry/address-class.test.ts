import { describe, expect, test } from 'vitest'
import { classifyAddress, classifyName } from './address-class.ts'

describe('addresses are told apart by where they lead', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['172.32.0.1', 'public'],
    ['2606:4700::1111', 'public'],
    ['::ffff:8.8.8.8', 'public'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['127.0.0.1', 'private'],
    ['127.255.255.254', 'private'],
    ['0.0.0.0', 'private'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['198.18.0.1', 'private'],
    ['224.0.0.1', 'private'],
    ['255.255.255.255', 'private'],
    ['240.0.0.1', 'private'],
    ['::1', 'private'],
    ['::', 'private'],
    ['fc00::1', 'private'],
    ['fd12:3456::1', 'private'],
    ['fec0::1', 'private'],
    ['ff02::1', 'private'],
    ['2001:db8::1', 'private'],
    ['64:ff9b:1::a00:1', 'private'],
    ['2001::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:7f00:1', 'private'],
    ['::10.0.0.1', 'private'],
    ['64:ff9b::10.0.0.1', 'private'],
    ['2002:0a00:0001::', 'private'],
    ['::ffff:0:127.0.0.1', 'private'],
    ['not an address', 'private'],
    ['', 'private'],
    ['169.254.169.254', 'forbidden'],
    ['169.254.0.1', 'forbidden'],
    ['fe80::1', 'forbidden'],
    ['fe80::1%eth0', 'forbidden'],
    ['febf::1', 'forbidden'],
    ['::ffff:169.254.169.254', 'forbidden'],
    ['::ffff:a9fe:a9fe', 'forbidden'],
    ['64:ff9b::169.254.169.254', 'forbidden'],
    ['2002:a9fe:a9fe::1', 'forbidden'],
    ['::169.254.169.254', 'forbidden'],
    ['fd00:ec2::254', 'forbidden'],
    ['fd00:0ec2:0:0:0:0:0:0254', 'forbidden'],
    ['100.100.100.200', 'forbidden'],
    ['::ffff:100.100.100.200', 'forbidden'],
    ['168.63.129.16', 'forbidden'],
  ])('%s is %s', (text, reach) => {
    expect(classifyAddress(text).reach).toBe(reach)
  })

  test.each([
    ['metadata.google.internal', 'forbidden'],
    ['metadata', 'forbidden'],
    ['localhost', 'private'],
    ['app.localhost', 'private'],
    ['quay.io', 'public'],
    ['metadata.example.com', 'public'],
  ])('the name %s is %s', (name, reach) => {
    expect(classifyName(name).reach).toBe(reach)
  })
})
